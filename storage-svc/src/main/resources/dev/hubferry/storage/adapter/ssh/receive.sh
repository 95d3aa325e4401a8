#!/bin/sh
# Brings what a list names from the source by a tar stream, and puts it into its place once all of it is there; the current directory is
# the run directory. usage: WORKER LIST recursive|listed homes|root seed|final HOMES KILOBYTES PASS STAGE
#   LIST       wanted paths, NUL-separated; KILOBYTES may come in a second, any number for 0
#   PASS       the directory of the pass. In its file "sockets" are the records of all sockets in the homes as a manifest has them, since tar
#              leaves sockets out; "owner", "without-acls" and "without-xattrs" are as runner.sh says
#   STAGE      a directory to be made for what comes, on the file system of the homes
# Exit codes are those that rsync has for the same: 11 no room, 12 the stream was cut off, 23 something did not come or could not be put
# into its place, 24 something changed or vanished while it was read.
#include scope
set -u
umask 077
LC_ALL=C
export LC_ALL
unset TAR_OPTIONS TAPE
worker=$1 list=$2 depth=$3 above=$4 kind=$5 homes=$6 kilobytes=$7 pass=$8 scratch=$9
run=$(pwd -P) scratch=$run/$scratch tree=$run/$9/tree

# leave CODE [COMPLAINTS]: says how much room there was only after there is some again, for otherwise that could not be written.
leave() {
    left=$(stat -f -c 'room %S %a %d %c' .)
    rm -rf "$scratch"
    [ "$1" -ne 11 ] || echo "$left" >"${list%/*}/room.$worker"
    [ -z "${2-}" ] || printf '%s\n' "$2" >&2
    exit "$1"
}

# no_room COMPLAINTS
no_room() {
    case $1 in *'No space left on device'* | *'quota exceeded'*) ;; *) return 1 ;; esac
}

# most: passes on the first complaints, and swallows the rest.
most() {
    head -c 65536
    cat >/dev/null
}

# pace: lets so many kilobytes through in a second.
pace() {
    size=1024 count=$kilobytes
    [ "$kilobytes" -lt 64 ] || size=65536 count=$((kilobytes / 64))
    while :; do
        begun=$(date +%s%N)
        records=$(dd bs="$size" count="$count" iflag=fullblock 2>&1 >&5) || return 1
        [ "${records%%+*}" = "$count" ] || return 0
        rest=$((1000000000 - $(date +%s%N) + begun))
        [ "$rest" -le 0 ] || [ "$rest" -gt 1000000000 ] || sleep "$(printf '0.%09d' "$((rest - 1))")"
    done
} 5>&1

# unpack TAR-OPTION…: says every two megabytes how far it is.
unpack() {
    tar -x -f - -C "$tree" -p --same-owner --numeric-owner "$@" --warning=no-timestamp --checkpoint=200 --checkpoint-action='echo=at %u'
}

# sift: makes progress, on file descriptor 4, of what tar says about that, and passes on the rest.
sift() {
    while IFS= read -r line; do
        at=${line#tar: at }
        case $at in
            "$line" | *[!0-9]*) printf '%s\n' "$line" ;;
            *) echo "$((at * 10240)) 0%" >&4 ;;
        esac
    done
}

rm -rf "$scratch"
mkdir -p "$tree" && cp "$list" "$scratch/wanted" && scope "$depth" root && : >"$scratch/source" || leave 11
# What a directory hands down to new entries would be theirs for good.
setfattr -x system.posix_acl_default "$tree" 2>/dev/null
mark=$(head -c 8 /dev/urandom | od -A n -t x1 | tr -d ' \n')
wanted="hubferry-tar $(stat -c %s "$list") $depth $above $mark"
owner=
[ ! -f "$pass/owner" ] || owner=$(cat "$pass/owner")
[ -z "$owner" ] || wanted="$wanted $owner"
# ACLs are among the extended attributes.
set -- --xattrs '--xattrs-include=*'
[ ! -f "$pass/without-acls" ] || set -- "$@" '--xattrs-exclude=system.posix_acl_*'
[ ! -f "$pass/without-xattrs" ] || set -- "$@" '--xattrs-exclude=user.*' '--xattrs-exclude=trusted.*' '--xattrs-exclude=security.*'
exec 4>&1
complaints=$(
    {
        {
            # Not into the pipe: a connection that stays for others would hold its end.
            sh ./route.sh "$worker" hubferry-source "$wanted" <"$list" 2>"$scratch/said"
            echo $? >"$scratch/source"
        } | if [ "$kilobytes" -gt 0 ]; then pace | unpack "$@"; else unpack "$@"; fi
        echo $? >"$scratch/target"
    } 2>&1 4>&- | sift | most
)
exec 4>&-
source= target=
read -r source <"$scratch/source"
read -r target <"$scratch/target"
! no_room "$complaints" || leave 11 "$complaints"
[ -n "$source" ] && [ -n "$target" ] || leave 11 "$complaints"
said=$(most <"$scratch/said")
[ -z "$said" ] || complaints="$said
$complaints"
# xargs stands between when names did not fit into a file of patterns.
if [ "$source" -eq 123 ]; then
    case $said in *'failure status due to previous errors'*) source=2 ;; *) source=1 ;; esac
fi
case $source in 0 | 1 | 2) ;; 255) leave 12 "$complaints" ;; *) leave "$source" "$complaints" ;; esac
# The mark comes last; without it the stream has ended early, whatever else was said.
[ -f "$tree/$mark" ] || leave 12 "$complaints"
[ "$target" -eq 0 ] || leave 23 "$complaints"
# What could not be read to its end has come with zeros in place of the rest.
case $source$said in 2*'ead error'*) leave 23 "$complaints" ;; esac
case $source in 0) code=0 ;; 1) code=24 ;; *) code=23 ;; esac

# Nothing is put into its place that was not asked for, at the top least of all, whatever the source may send.
# Changing what is in a directory must leave its times alone. remove PATH…: in the tree
remove='for path; do touch -r "${path%/*}" "$0"; rm -rf -- "$path"; touch -r "$0" "${path%/*}"; done'
(
    cd "$tree" || exit 1
    sh -c "$remove" "$scratch/time" "./$mark" && others >"$scratch/others" &&
        xargs -0 -r -a "$scratch/others" sh -c "$remove" "$scratch/time"
) || leave 11 "$complaints"
if [ -s "$pass/sockets" ]; then
    told=$(cd "$tree" && sh "$run/sockets.sh" "$depth" "$scratch" "$run/$pass/sockets" "$run/way.$worker" "$owner" 2>&1 | most)
    ! no_room "$told" || leave 11 "$told"
    [ -z "$told" ] || complaints="$complaints
$told" code=23
fi
if [ "$kind" = final ]; then
    (cd "$tree" && find . -mindepth 1 -print0) | sort -z | comm -z -13 - "$scratch/wanted" >"$scratch/missing" || leave 11 "$complaints"
    [ ! -s "$scratch/missing" ] || complaints="$complaints
$(head -z -n 20 "$scratch/missing" | tr '\n\0' '?\n' | sed 's,^,tar: did not come: ,')" code=23
fi
# In the words of rsync's statistics.
find "$tree" -type f -printf '%i %s\n' | sort -u | {
    files=0 bytes=0
    while read -r unused size; do files=$((files + 1)) bytes=$((bytes + size)); done
    printf 'Number of regular files transferred: %d\nLiteral data: %d bytes\n' "$files" "$bytes"
}
told=$(cd -- "$homes" && sh "$run/place.sh" "$depth" "$above" "$scratch" 2>&1 | most)
! no_room "$told" || leave 11 "$told"
[ -z "$told" ] || leave 23 "$complaints
$told"
leave "$code" "$complaints"
