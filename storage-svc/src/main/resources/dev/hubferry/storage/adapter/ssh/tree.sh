# Prints a tree whole, sorted, NUL-separated; three kinds of records, each behind PATH//:
#   0TYPE MODE UID GID SIZE MTIME INODE LINKS//LINK-TARGET    1SHA256    2MAJOR:MINOR
# usage: HOMES SCRATCH JOBS SCOPE SYNC    SCOPE: "all", or a file with the NUL-separated names of the homes to read
#include watch
set -u
umask 077
LC_ALL=C
export LC_ALL
watch "$2" tree
export scratch
cd -- "$1" || exit 65
[ "$5" != yes ] || sync -f . || exit 66
find . -mindepth 1 -maxdepth 1 ! -name .projects ! -name .projid -print0 | sort -z >"$scratch/tops" || exit 66
if [ "$4" != all ]; then
    sed -z 's,^,./,' "$4" | sort -z | comm -z -12 "$scratch/tops" - >"$scratch/some" || exit 66
    mv "$scratch/some" "$scratch/tops"
fi
find . -maxdepth 0 -printf '%p//0%y %m %U %G %s %T@ %i %n//%l\0' >"$scratch/entries" || exit 70
xargs -0 -r -a "$scratch/tops" sh -c 'exec find "$@" -printf "%p//0%y %m %U %G %s %T@ %i %n//%l\\0"' sh \
    >>"$scratch/entries" || exit 70
xargs -0 -r -a "$scratch/tops" sh -c 'exec find "$@" -type f -print0' sh >"$scratch/files" || exit 70
xargs -0 -r -a "$scratch/tops" sh -c 'exec find "$@" \( -type b -o -type c \) -print0' sh >"$scratch/devices" || exit 70
# Each process has a file of its own: several writing to one pipe would mix their lines.
xargs -0 -r -P "$3" -n 256 -a "$scratch/files" sh -c 'exec sha256sum -z -b -- "$@" >>"$scratch/hash.$$"' sh || exit 70
: >"$scratch/hash.0"
xargs -0 -r -a "$scratch/devices" stat --printf '%n//2%t:%T\0' -- >"$scratch/numbers" || exit 70
cat "$scratch"/hash.* >"$scratch/hashes" || exit 66
sed -z -E 's,^([0-9a-f]{64}) [ *](.*)$,\2//1\1,' "$scratch/hashes" >"$scratch/contents" || exit 66
sort -z -T "$scratch" "$scratch/entries" "$scratch/contents" "$scratch/numbers"
