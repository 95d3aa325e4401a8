# Prints the manifest of some homes, sorted by PATH//, NUL-separated; ManifestEntry says what a record holds. The first record is the time.
# usage: HOMES SCRATCH JOBS SIZE live|still <names of the homes, NUL-separated      live: users are at work
#include watch
set -u
umask 077
LC_ALL=C
export LC_ALL
watch "$2" scan "$4"
cd -- "$1" || exit 65
# What programs of this host have written through mapped memory comes to the disk now: only after that does the next such write move the
# ctime, by which a later scan finds it.
[ "$5" != live ] || sync -f . || exit 66

# Several homes a part, as find takes longer to start than to list a small home; parts in the order of the records.
sed -z -e 's,$,/,' "$scratch/input" | sort -z | sed -z -e 's,^,./,' -e 's,/$,,' >"$scratch/sorted" || exit 66
split -t '\0' -l 16 -a 6 "$scratch/sorted" "$scratch/part." || exit 66
list() {
    {
        xargs -0 -r -a "$1" sh -c 'exec find "$@" \
            -type f -printf "%p//%y %m %U %G %s %T@ %C@ %i %n//\\0" -o \
            -type l -printf "%p//%y %m %U %G 0 %T@ %C@ %i %n//%l\\0" -o \
            -printf "%p//%y %m %U %G 0 %T@ %C@ %i %n//\\0"' sh || : >"$scratch/failed"
    } | sort -z -T "$scratch" >"$1.list" || : >"$scratch/failed"
}
# next: passes on the oldest part that is under way.
next() {
    oldest=${waiting%% *} waiting=${waiting#* } under_way=$((under_way - 1))
    wait "${oldest%%:*}"
    cat "$scratch/${oldest#*:}.list" || exit 66
    rm -f "$scratch/${oldest#*:}.list"
}
printf '%s\0' "$(date +%s.%N)"
waiting= under_way=0
for part in "$scratch"/part.*; do
    [ -f "$part" ] || continue
    [ "$under_way" -lt "$3" ] || next
    list "$part" &
    # The scratch directory may have blanks in its name; the name of a part has none.
    waiting="$waiting$!:${part##*/} " under_way=$((under_way + 1))
done
while [ "$under_way" -gt 0 ]; do next; done
[ ! -f "$scratch/failed" ] || exit 70
