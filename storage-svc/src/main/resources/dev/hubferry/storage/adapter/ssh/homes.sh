# Prints what a homes directory is, MODE UID GID MTIME CTIME, and then the names of the homes in it, all NUL-separated. usage: HOMES
set -u
LC_ALL=C
export LC_ALL
cd -- "$1" || exit 65
find . -maxdepth 0 -printf '%m %U %G %T@ %C@\0' && find . -mindepth 1 -maxdepth 1 ! -name .projects ! -name .projid -printf '%f\0'
