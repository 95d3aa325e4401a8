# Prints the record of the homes directory itself, as scan.sh would. usage: HOMES
set -u
LC_ALL=C
export LC_ALL
cd -- "$1" && find . -maxdepth 0 -printf '%p//%y %m %U %G 0 %T@ %C@ %i %n//\0'
