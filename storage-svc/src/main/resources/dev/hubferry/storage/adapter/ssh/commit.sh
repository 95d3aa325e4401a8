# Gives an uploaded file its name. usage: RUN COMMAND EPOCH UPLOAD NAME
#include fence
set -u
umask 077
fence "$1" "$2" "$3"
mkdir -p "$(dirname "$1/$5")" && mv -f "$1/$4" "$1/$5" || exit 66
