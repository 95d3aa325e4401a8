# Lists all entries of the source's homes, NUL-separated: PATH//TYPE CTIME INODE LINKS SIZE UID GID; the first record is the time.
# usage: HOMES
set -u
LC_ALL=C
export LC_ALL
cd -- "$1" || exit 65
printf '%s\0' "$(date +%s.%N)"
find . -mindepth 1 \( -path ./.projects -o -path ./.projid \) -prune -o -printf '%p//%y %C@ %i %n %s %U %G\0'
