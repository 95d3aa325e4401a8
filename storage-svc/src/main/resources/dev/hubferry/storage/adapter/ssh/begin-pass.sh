# Makes room for the preparation of a pass. usage: RUN COMMAND EPOCH NUMBER
#include fence
set -u
umask 077
fence "$1" "$2" "$3"
[ ! -f "$1/pass-$4/prepared" ] || exit 73
rm -rf "$1/pass-$4" && mkdir "$1/pass-$4" || exit 66
