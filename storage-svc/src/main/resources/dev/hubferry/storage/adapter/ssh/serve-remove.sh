# Removes what the key of a route runs: from here on nobody adds its line, and who comes in by it can do nothing. usage: FILE SERVE
# FILE: the authorized keys; whoever writes them holds the same lock, and looks for SERVE under it.
set -u
directory=$(dirname "$1")
if [ -d "$directory" ]; then
    exec 9<"$directory" || exit 66
    flock -w 30 9 || exit 66
fi
rm -f "$2" || exit 66
