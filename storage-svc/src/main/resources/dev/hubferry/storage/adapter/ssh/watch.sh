# A command ends with its whole process group when its connection is lost, which shows as the end of standard input; and it
# leaves no scratch behind. Sets scratch to DIRECTORY/NAME.PID. usage: watch DIRECTORY NAME [SIZE]
# SIZE: that many bytes of standard input come first, and are put into the scratch directory as "input".
watch() {
    scratch=$1/$2.$$ watcher=
    trap leave EXIT
    # Not only exit: a second signal, which comes with the first one when a connection is lost, would end that before anything is removed.
    trap 'leave; exit 1' HUP INT TERM PIPE
    # DIRECTORY is there as long as the route is open.
    mkdir "$scratch" || exit 66
    if [ -n "${3-}" ]; then
        head -c "$3" >"$scratch/input" || exit 66
        [ "$(stat -c %s "$scratch/input")" = "$3" ] || exit 74
    fi
    exec 3<&0
    (read -r unused <&3; kill -TERM 0) >/dev/null 2>&1 &
    watcher=$!
    exec 3<&- </dev/null
}

# Removes the scratch directory, also while what runs in the background still makes files there. The watcher may be about to end the
# group, and rm is in it.
leave() {
    trap '' HUP INT TERM PIPE
    [ -z "$watcher" ] || kill "$watcher" 2>/dev/null
    tries=0
    until rm -rf "$scratch" 2>/dev/null || [ "$tries" -ge 100 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
}
