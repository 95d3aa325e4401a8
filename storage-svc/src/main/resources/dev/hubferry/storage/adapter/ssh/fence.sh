# fence RUN COMMAND EPOCH: takes the lock of a run directory (file descriptor 9) and refuses an executor that was replaced.
# Exit codes that all scripts share: 64 replaced, 65 the route is not open, 66 lock or directory not to be had.
fence() {
    [ -d "$1/epochs" ] || exit 65
    exec 9>"$1/lock" || exit 66
    if ! flock -w 30 9; then
        echo "somebody has held the lock of $1 for 30 s" >&2
        exit 66
    fi
    # It may have been closed while the lock was waited for.
    [ -d "$1/epochs" ] || exit 65
    seen=0
    [ ! -f "$1/epochs/$2" ] || read -r seen <"$1/epochs/$2"
    current=
    [ ! -f "$1/current" ] || read -r current <"$1/current"
    # Commands come one after the other: one that was here before and is not the current one belongs to the past.
    if [ "$3" -lt "$seen" ] || { [ "$seen" -gt 0 ] && [ "$current" != "$2" ]; }; then
        echo "epoch $3 of command $2 was replaced by epoch $seen, current is $current" >&2
        exit 64
    fi
    [ "$3" = "$seen" ] && return 0
    echo "$3" >"$1/epochs/$2.new" && mv -f "$1/epochs/$2.new" "$1/epochs/$2" || exit 66
    echo "$2" >"$1/current.new" && mv -f "$1/current.new" "$1/current" || exit 66
}
