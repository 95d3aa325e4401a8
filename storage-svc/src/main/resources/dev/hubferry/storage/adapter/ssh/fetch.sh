# Prints a file of the run directory. usage: RUN NAME
set -u
[ -d "$1/epochs" ] || exit 65
cat -- "$1/$2"
