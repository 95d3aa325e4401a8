# Hashes files, several at a time, and reads the numbers of devices. Prints, NUL-separated, what the clocks say (HOST DEVICE CTIME), and
# then sorted, each behind PATH//:   0TYPE INODE CTIME SIZE DEVICE FILESYSTEM, before    1SHA256 or 1MAJOR:MINOR    2 like 0, after
# What vanishes, is of another type, or cannot be read has no such record, and its complaint is on standard error.
# usage: HOMES SCRATCH JOBS AT-A-TIME SECONDS SIZE <paths, NUL-separated      SECONDS: after which a process that hashes is given up
#include watch
set -u
umask 077
LC_ALL=C
export LC_ALL
watch "$2" hash "$6"
export scratch
cd -- "$1" || exit 65

# The clocks come before everything else. What programs of this host have written through mapped memory comes to the disk then; only
# after that does the next such write move the ctime.
now=$(date +%s.%N)
: >"$scratch/probe" || exit 66
printf '%s %s\0' "$now" "$(find "$scratch/probe" -printf '%D %C@')"
sync -f . || exit 66
stamps() {
    xargs -0 -r -a "$scratch/input" sh -c 'exec find "$@" -maxdepth 0 \( -type f -printf "%p//$0%y %i %C@ %s %D %F\\0" -o \
        \( -type b -o -type c \) -printf "%p//$0%y %i %C@ 0 %D %F\\0" \)' "$1"
}
stamps 0 >"$scratch/before" || :
sed -z -n 's,//0f .*$,,p' "$scratch/before" >"$scratch/files" || exit 66
sed -z -n 's,//0[bc] .*$,,p' "$scratch/before" >"$scratch/devices" || exit 66
# Each process has a file of its own: several writing to one pipe would mix their lines. A file that is cut off, perhaps in the midst
# of a path, says nothing.
xargs -0 -r -P "$3" -n "$4" -a "$scratch/files" sh -c '
    timeout --foreground "$0" sha256sum -z -b -- "$@" >"$scratch/hash.$$"
    case $? in
        0) ;;
        1) [ "$(tail -c 1 "$scratch/hash.$$" | od -A n -t x1)" = " 00" ] || rm -f "$scratch/hash.$$" ;;
        *) rm -f "$scratch/hash.$$" ;;
    esac' "$5" || exit 66
: >"$scratch/hash.0"
xargs -0 -r -a "$scratch/devices" stat --printf '%n//1%t:%T\0' -- >"$scratch/numbers" || :
cat "$scratch"/hash.* >"$scratch/hashes" || exit 66
sed -z -E 's,^([0-9a-f]{64}) [ *](.*)$,\2//1\1,' "$scratch/hashes" >"$scratch/contents" || exit 66
stamps 2 >"$scratch/after" || :
sort -z -T "$scratch" "$scratch/before" "$scratch/contents" "$scratch/numbers" "$scratch/after" || exit 66
