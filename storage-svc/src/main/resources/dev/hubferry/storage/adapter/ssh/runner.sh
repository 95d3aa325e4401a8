#!/bin/sh
# Runs one pass, detached, in the run directory on the target. usage: runner.sh NUMBER seed|final HOMES PATIENCE COMMAND KILOBYTES
#
#   clear         what has to go first is moved into the trash
#   make          directories that several batches put something into
#   batches       workers take one after the other: one rsync or tar stream each, over whole subtrees ("recursive") or a list, looking
#                 into files that seem to be equal ("forced") or not; lists that are "short" may be sent again whole. As many workers
#                 as the file "workers" says, which may change
#   attributes    of directories in which something was done, and of the homes directory itself ("root")
#
# The file "transport" says what there is on both hosts: "rsync", "tar", or "rsync tar". See receive.sh for tar.
# Exit codes of rsync stand in the files "exit"; the pass has ended when "done" is there: CODE STARTED ENDED (seconds).
# The file "owner" (UID:GID), when it is there, says whose everything becomes; "without-acls" and "without-xattrs" say what stays behind.
# KILOBYTES is what each rsync may move in a second; 0 for no limit.
# It stops by itself when the host obeys another command: then the pass was given up, and another one may be under way.
#include process
set -u
umask 077
LC_ALL=C
export LC_ALL
unset RSYNC_RSH RSYNC_PARTIAL_DIR RSYNC_PROTECT_ARGS RSYNC_OLD_ARGS RSYNC_CHECKSUM_LIST
number=$1 pass=pass-$1 kind=$2 homes=$3 patience=$4 command=$5 kilobytes=$6
run=$(pwd -P)
started=$(date +%s.%N)
# All that this runner starts holds the lock too, so there is never a second one beside it.
exec 8>running || exit 1
if ! flock -w 8 8; then
    echo "another runner has held the lock for 8 s" >&2
    exit 1
fi
echo "$$ $(begun_of $$)" >"$pass/pid.new" && mv "$pass/pid.new" "$pass/pid" || exit 1
# For rsync; receive.sh has its own.
options=
[ ! -f "$pass/owner" ] || options="--chown=$(cat "$pass/owner")"
[ ! -f "$pass/without-acls" ] || options="$options --no-acls"
[ ! -f "$pass/without-xattrs" ] || options="$options --no-xattrs"
[ ! -f "$pass/started" ] || started=$(cat "$pass/started")
echo "$started" >"$pass/started"

# Ends here when the host obeys another command.
stop_when_replaced() {
    obeyed=
    [ ! -f current ] || read -r obeyed <current
    [ "$obeyed" = "$command" ] || exit 0
}

# On a full file system nothing could be said of that. So a few blocks and inodes are kept, and given back before results are written.
ballast() {
    mkdir ballast 2>/dev/null || return 0
    for part in 1 2 3 4 5 6 7 8; do
        head -c 32768 /dev/urandom >"ballast/$part" || return 0
    done
}

# patiently LOG COMMAND…: tries until it has an answer other than "the connection was lost", for as long as the patience lasts.
patiently() {
    log=$1
    shift
    failing=$(date +%s) delay=1 try=0
    while [ -f "$log.$try.out" ]; do try=$((try + 1)); done
    while :; do
        stop_when_replaced
        begun=$(date +%s)
        "$@" >"$log.$try.out" 2>"$log.$try.err"
        answer=$?
        # 5 is also what rsync says when a connection that is shared is lost before the other side has said anything.
        case $answer in 5 | 10 | 12 | 30 | 35 | 255) ;; *) return $answer ;; esac
        # These do not go away by trying again.
        ! grep -q 'Permission denied (\|Host key verification failed\|hubferry: refused\|@ERROR' "$log.$try.err" "$log.$try.out" ||
            return $answer
        now=$(date +%s)
        # A connection that had worked for a while gets the whole patience again.
        [ $((now - begun)) -le 60 ] || failing=$begun delay=1
        [ $((now - failing)) -lt "$patience" ] || return $answer
        try=$((try + 1))
        sleep "$delay"
        [ "$delay" -ge 8 ] || delay=$((delay * 2))
    done
}

# pull WORKER LOG PARTIAL RSYNC-OPTION…: pulls by rsync.
pull() {
    way="sh ./route.sh $1" out=$2 partial=$3
    shift 3
    patiently "$out" rsync -lptgoDHAX --sparse --numeric-ids --modify-window=-1 --no-human-readable --from0 \
        --temp-dir="$run/temp" --partial-dir="$run/partial/$partial" --bwlimit="$kilobytes" --info=progress2,stats2 $options -e "$way" "$@" \
        hubferry-source::homes/ "$homes/"
}

# receive WORKER LIST LOG recursive|listed homes|root STAGE: pulls by tar.
receive() {
    patiently "$3" sh ./receive.sh "$1" "$2" "$4" "$5" "$kind" "$homes" "$kilobytes" "$pass" "stage/$6"
}

# by_tar BATCH: where there is rsync, too, tar is for what is new, and as it is, and as fast as it may be.
by_tar() {
    case $transport in
        tar) ;;
        'rsync tar') [ "$kilobytes" -eq 0 ] && [ -z "$options" ] && { [ -f "$1/recursive" ] || { [ -f "$1/short" ] && all_new "$1/list"; }; } ;;
        *) return 1 ;;
    esac
}

# all_new LIST: whether nothing of it is there.
all_new() {
    ! (cd -- "$homes" && xargs -0 -r sh -c 'exec find "$@" -maxdepth 0 -printf there -quit' sh) <"$1" 2>/dev/null | grep -q there
}

finish() {
    left=$(stat -f -c 'room %S %a %d %c' .)
    rm -rf ballast
    echo "$left" >"$pass/room"
    echo "$1 $started $(date +%s.%N)" >"$pass/done.new" && mv "$pass/done.new" "$pass/done"
    exit 0
}

# worse CODE CODE: the one that decides; 24 (files vanished) is the mildest failure, and 23 (some could not be copied) the next.
worse() {
    for mild in 0 24 23; do
        [ "$1" -ne "$mild" ] || { echo "$2" && return; }
        [ "$2" -ne "$mild" ] || { echo "$1" && return; }
    done
    echo "$1"
}

# copy WORKER BATCH: one rsync; what it left half done when it was interrupted is in its own partial directory. Or a tar stream, after
# which rsync mends what tar could not do, where there is rsync.
copy() {
    if by_tar "$2"; then
        form=listed top=homes
        [ ! -f "$2/recursive" ] || form=recursive
        [ ! -f "$2/root" ] || top=root
        receive "$1" "$2/list" "$2/tar" "$form" "$top" "$number-${2##*-}"
        code=$?
        case $transport/$code in tar/* | */0 | */11 | */12 | */24) return "$code" ;; esac
    fi
    depth=--dirs
    [ ! -f "$2/recursive" ] || depth=-r
    compare=
    [ ! -f "$2/forced" ] || compare=--ignore-times
    # Directories above what is listed are there and get their attributes at the end; a batch that is all there is does that itself.
    above=--no-implied-dirs
    [ ! -f "$2/root" ] || above=
    pull "$1" "$2/rsync" "$number-${2##*-}" $depth $missing $compare $above --files-from="$2/list"
}

# work NUMBER: takes batches until none is left, and rests while fewer workers are wanted.
work() {
    for batch in "$pass"/batch-*; do
        [ -d "$batch" ] && [ ! -f "$batch/exit" ] || continue
        while [ "$1" -gt "$(cat workers)" ]; do
            [ "$(left)" -gt 0 ] || exit 0
            sleep 0.5
        done
        mkdir "$batch/taken" 2>/dev/null || continue
        copy "$1" "$batch"
        echo $? >"$batch/exit.new" && mv "$batch/exit.new" "$batch/exit"
    done
}

# left: how many batches nobody has taken.
left() {
    count=0
    for batch in "$pass"/batch-*; do
        [ ! -d "$batch" ] || [ -d "$batch/taken" ] || [ -f "$batch/exit" ] || count=$((count + 1))
    done
    echo "$count"
}

ballast 2>/dev/null
[ -d "$homes" ] || mkdir -m 755 -- "$homes" || finish 11
# Nothing half done is ever among the homes: a runner that is killed would leave it there.
rm -rf temp stage
transport=rsync
[ ! -f transport ] || transport=$(cat transport)
mkdir -p partial temp || finish 11
# While users are at work entries may go away between a list and its use; after the freeze nothing may.
case $kind in
    final) missing= ;;
    *) missing=--ignore-missing-args ;;
esac

# Once only: when a runner takes over from one that died, what has been cleared may have been copied anew.
if [ -s "$pass/clear" ] && [ ! -f "$pass/cleared" ]; then
    (cd -- "$homes" && exec xargs -0 -r sh "$run/trash.sh" "$run/trash/$pass" 2>"$run/$pass/clear.err" <"$run/$pass/clear") ||
        finish 23
    : >"$pass/cleared" || finish 11
fi
if [ -s "$pass/make" ]; then
    (cd -- "$homes" && exec xargs -0 -r mkdir -p -- 2>"$run/$pass/make.err" <"$run/$pass/make") || finish 11
fi

# What another runner had taken when it died is taken again.
rm -rf "$pass"/batch-*/taken
workers=0
waiting=$(left)
while [ "$waiting" -gt 0 ]; do
    while [ "$workers" -lt "$(cat workers)" ] && [ "$waiting" -gt 0 ]; do
        workers=$((workers + 1)) waiting=$((waiting - 1))
        work "$workers" &
    done
    # All that is left has somebody who takes it next; else look later whether more workers are wanted.
    [ "$waiting" -gt 0 ] || break
    sleep 0.2
    waiting=$(left)
done
wait
stop_when_replaced
code=0
for batch in "$pass"/batch-*; do
    [ ! -d "$batch" ] || code=$(worse "$code" "$(cat "$batch/exit" 2>/dev/null || echo 20)")
done
case $code in 0 | 23 | 24) ;; *) finish "$code" ;; esac

if [ -s "$pass/attributes" ]; then
    if [ "$transport" = tar ]; then
        top=homes
        [ ! -f "$pass/root" ] || top=root
        receive 1 "$pass/attributes" "$pass/attributes-tar" listed "$top" "$number-attributes"
    else
        above=--no-implied-dirs
        [ ! -f "$pass/root" ] || above=
        pull 1 "$pass/attributes-rsync" "$number-attributes" --dirs $missing $above --files-from="$pass/attributes"
    fi
    code=$(worse "$code" $?)
fi
[ "$code" -ne 0 ] || [ ! -f "$pass/untrusted" ] || rm -f adopted
finish "$code"
