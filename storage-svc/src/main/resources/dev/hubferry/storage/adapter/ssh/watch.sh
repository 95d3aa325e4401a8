# A command ends with its whole process group when its connection is lost, which shows as the end of standard input; and it
# leaves no scratch behind. Sets scratch to DIRECTORY/NAME.PID. usage: watch DIRECTORY NAME
watch() {
    scratch=$1/$2.$$
    exec 3<&0
    (read -r unused <&3; kill -TERM 0) >/dev/null 2>&1 &
    watcher=$!
    exec 3<&- </dev/null
    trap 'kill "$watcher" 2>/dev/null; rm -rf "$scratch"' EXIT
    trap 'exit 1' HUP INT TERM PIPE
    # DIRECTORY is there as long as the route is open.
    mkdir "$scratch" || exit 66
}
