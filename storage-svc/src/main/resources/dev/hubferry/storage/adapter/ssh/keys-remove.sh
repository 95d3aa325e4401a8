# Removes the file of authorized keys, when it is still what was read. usage: FILE EXPECTED DIRECTORY-TOO
# Exit code 68: the file has changed since.
set -u
directory=$(dirname "$1")
exec 9<"$directory" || exit 66
flock -w 30 9 || exit 66
[ "$(sha256sum <"$1" | cut -c 1-64)" = "$2" ] || exit 68
rm -f "$1" || exit 66
[ "$3" != yes ] || rmdir "$directory" 2>/dev/null
exit 0
