#!/bin/sh
# Runs one pass, detached, in the run directory on the target. usage: runner.sh NUMBER seed|final HOMES PATIENCE COMMAND
#
#   batches in parallel      each: rsync of some homes, recursively
#   removed homes            final pass only: homes of ours that the source no longer has
#   hidden changes           files whose ctime or inode moved since the last complete pass, whatever size and mtime say;
#                            then the attributes of their directories, and of the homes directory itself
#
# Exit codes of rsync stand in the files "exit"; the pass has ended when "done" is there: CODE STARTED ENDED (seconds).
# It stops by itself when the host obeys another command: then the pass was given up, and another one may be under way.
#include process
set -u
umask 077
LC_ALL=C
export LC_ALL
unset RSYNC_RSH RSYNC_PARTIAL_DIR RSYNC_PROTECT_ARGS RSYNC_OLD_ARGS RSYNC_CHECKSUM_LIST
pass=pass-$1 kind=$2 homes=$3 patience=$4 command=$5
run=$(pwd -P)
started=$(date +%s)
# All that this runner starts holds the lock too, so there is never a second one beside it.
exec 8>running && flock -w 8 8 || exit 1
echo "$$ $(begun_of $$)" >"$pass/pid.new" && mv "$pass/pid.new" "$pass/pid" || exit 1
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

# pull LOG PARTIAL RSYNC-OPTION…: pulls until rsync has an answer other than "the connection was lost", for as long as the patience lasts.
pull() {
    log=$1 partial=$2
    shift 2
    failing=$(date +%s) delay=1 try=0
    while [ -f "$log.$try.out" ]; do try=$((try + 1)); done
    while :; do
        stop_when_replaced
        begun=$(date +%s)
        rsync -lptgoDHAX --sparse --numeric-ids --modify-window=-1 --no-human-readable --from0 \
            --partial-dir="$run/partial/$partial" --info=progress2,stats2 -e 'ssh -F ssh_config' \
            --log-file="$log.$try.log" --log-file-format='%i %n' "$@" \
            hubferry-source::homes/ "$homes/" >"$log.$try.out" 2>"$log.$try.err"
        code=$?
        case $code in 10 | 12 | 30 | 35 | 255) ;; *) return $code ;; esac
        # These do not go away by trying again.
        ! grep -q 'Permission denied (\|Host key verification failed\|hubferry: refused' "$log.$try.err" || return $code
        now=$(date +%s)
        # A connection that had worked for a while gets the whole patience again.
        [ $((now - begun)) -le 60 ] || failing=$begun delay=1
        [ $((now - failing)) -lt "$patience" ] || return $code
        try=$((try + 1))
        sleep "$delay"
        [ "$delay" -ge 8 ] || delay=$((delay * 2))
    done
}

finish() {
    left=$(stat -f -c 'room %S %a %d %c' .)
    rm -rf ballast
    echo "$left" >"$pass/room"
    echo "$1 $started $(date +%s)" >"$pass/done.new" && mv "$pass/done.new" "$pass/done"
    exit 0
}

# worse CODE CODE: the one that decides; 24 (files vanished) is the mildest failure.
worse() {
    if [ "$1" -eq 0 ] || { [ "$1" -eq 24 ] && [ "$2" -ne 0 ]; }; then echo "$2"; else echo "$1"; fi
}

ballast 2>/dev/null
[ -d "$homes" ] || mkdir -m 755 -- "$homes" || finish 11
mkdir -p partial || finish 11
# While users are at work entries may go away between a list and its use; after the freeze nothing may.
case $kind in
    final) deletion=--delete missing= ;;
    *) deletion=--force missing=--ignore-missing-args ;;
esac
again=
[ ! -f adopted ] || again=--ignore-times
# The attributes of directories above what is listed come along, those of the homes directory too; it is left alone when others use it.
above=
[ -f "$pass/owns-directory" ] || above=--no-implied-dirs

for batch in "$pass"/batch-*; do
    (
        if [ -f "$batch/exit" ]; then exit 0; fi
        pull "$batch/rsync" "$1-${batch##*-}" -r $deletion $missing $again $above --files-from="$batch/homes"
        echo $? >"$batch/exit.new" && mv "$batch/exit.new" "$batch/exit"
    ) &
done
wait
stop_when_replaced
code=0
for batch in "$pass"/batch-*; do
    code=$(worse "$code" "$(cat "$batch/exit" 2>/dev/null || echo 20)")
done
[ "$code" -eq 0 ] || [ "$code" -eq 24 ] || finish "$code"

if [ -s "$pass/gone" ]; then
    (cd -- "$homes" && xargs -0 -r sh -c 'find "$@" -printf x' sh) <"$pass/gone" | wc -c >"$pass/removed"
    (cd -- "$homes" && xargs -0 -r rm -rf --one-file-system --) <"$pass/gone" 2>"$pass/removed.err" || finish 23
fi

: >"$pass/changed"
if [ -f "$pass/baseline" ]; then
    comm -z -13 "$(cat "$pass/baseline")" "$pass/source" >"$pass/moved" || finish 11
    grep -a -z '//f ' "$pass/moved" | sed -z 's,//.*$,,' >"$pass/changed.new"
    # What this pass has just sent need not be looked at again, unless it has other names: a group of hard links goes whole or not
    # at all. Names that rsync writes with escapes (\#) are not recognized, and go again.
    cat "$pass"/batch-*/rsync.*.log | sed -n -e '/\\#/d' -e 's,^[^]]*\] >f[^ ]* ,./,p' | tr '\n' '\0' | sort -z >"$pass/sent.new"
    grep -a -z '//f [^ ]* [^ ]* 1 ' "$pass/moved" | sed -z 's,//.*$,,' | sort -z | comm -z -12 - "$pass/sent.new" >"$pass/sent"
    sort -z -u "$pass/changed.new" "$pass/suspects" | comm -z -23 - "$pass/sent" >"$pass/changed" || finish 11
fi
# Directories of changed files get their own attributes again, when the files are done.
cp "$pass/changed" "$pass/touched"
if [ -n "$above" ]; then
    sed -z 's,/[^/]*$,,' "$pass/changed" | sort -z -u - "$pass/changed" >"$pass/touched" || finish 11
else
    head -z -n 1 "$pass/batch-1/homes" >>"$pass/touched"
fi
if [ -s "$pass/touched" ]; then
    pull "$pass/touched-rsync" "$1-touched" --ignore-times --dirs $missing $above --files-from="$pass/touched"
    code=$(worse "$code" $?)
fi
[ "$code" -ne 0 ] || rm -f adopted
finish "$code"
