# Prints a file of the run directory. Exit code 75: there is none. usage: RUN NAME
set -u
[ -d "$1/epochs" ] || exit 65
[ -f "$1/$2" ] || exit 75
exec cat -- "$1/$2"
