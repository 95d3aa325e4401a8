# Prints the record of a homes directory itself, as scan.sh would, and then the names of the homes in it, all NUL-separated. usage: HOMES
set -u
LC_ALL=C
export LC_ALL
cd -- "$1" || exit 65
find . -maxdepth 0 -printf '%p//%y %m %U %G 0 %T@ %C@ %i %n//\0' &&
    find . -mindepth 1 -maxdepth 1 ! -name .projects ! -name .projid -printf '%f\0'
