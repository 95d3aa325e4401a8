# Prints the extended attributes, ACLs among them, of all entries that have any, in getfattr's format and in the order of tree.sh.
# usage: HOMES SCRATCH SCOPE
#include watch
set -u
umask 077
LC_ALL=C
export LC_ALL
watch "$2" attributes
cd -- "$1" || exit 65
find . -mindepth 1 -maxdepth 1 ! -name .projects ! -name .projid -print0 | sort -z >"$scratch/tops" || exit 66
if [ "$3" != all ]; then
    sed -z 's,^,./,' "$3" | sort -z | comm -z -12 "$scratch/tops" - >"$scratch/some" || exit 66
    mv "$scratch/some" "$scratch/tops"
fi
printf './/\0' >"$scratch/paths"
xargs -0 -r -a "$scratch/tops" sh -c 'exec find "$@" -printf "%p//\\0"' sh >>"$scratch/paths" || exit 70
sort -z -T "$scratch" -o "$scratch/paths" "$scratch/paths" || exit 66
sed -z 's,//$,,' "$scratch/paths" >"$scratch/plain" || exit 66
xargs -0 -r -a "$scratch/plain" getfattr -h -d -m - -e hex --absolute-names --
