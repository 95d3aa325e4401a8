# Prints the names in a directory, NUL-separated; nothing when there is none. usage: DIRECTORY
set -u
[ -d "$1" ] || exit 0
cd -- "$1" && find . -mindepth 1 -maxdepth 1 -printf '%f\0'
