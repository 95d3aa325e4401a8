# Lists all entries of the source's homes, NUL-separated: PATH//TYPE UID GID SIZE BLOCKS INODE LINKS. usage: HOMES
set -u
LC_ALL=C
export LC_ALL
cd -- "$1" || exit 65
find . -mindepth 1 -printf '%p//%y %U %G %s %b %i %n\0'
