# Writes a file of the run directory whole or not at all. usage: RUN COMMAND EPOCH NAME SIZE <content
#include fence
set -u
umask 077
[ -d "$1" ] || exit 65
temporary=$1/put.$$
trap 'rm -f "$temporary"' EXIT
cat >"$temporary" || exit 66
# A lost connection looks like the end of the input.
[ "$(stat -c %s "$temporary")" = "$5" ] || exit 74
fence "$1" "$2" "$3"
mkdir -p "$(dirname "$1/$4")" && mv -f "$temporary" "$1/$4" || exit 66
