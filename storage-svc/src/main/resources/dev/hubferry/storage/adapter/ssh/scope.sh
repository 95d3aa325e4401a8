# What a list of wanted paths takes in, for both ends of a tar stream. Paths begin with ./ and are NUL-separated.
# scope recursive|listed homes|root: makes, from $scratch/wanted, which it sorts:
#   above    directories above what is wanted
#   keep     those and what is wanted itself
#   opened   directories of which only that goes which is in keep: those above, and all that are meant without what is in them
scope() {
    sort -zu -o "$scratch/wanted" "$scratch/wanted" &&
        sed -z -n -e ':up' -e 's,/[^/]*$,,' -e '/^\.$/d' -e p -e 'b up' "$scratch/wanted" | sort -zu >"$scratch/above" &&
        sort -zu "$scratch/above" "$scratch/wanted" >"$scratch/keep" &&
        if [ "$1" = recursive ]; then comm -z -23 "$scratch/above" "$scratch/wanted"; else cat "$scratch/keep"; fi >"$scratch/opened" || return 1
    [ "$2" = homes ] || printf '.\0' >>"$scratch/opened"
}

# others: prints what is in opened directories and goes nowhere. Whatever cannot be listed has no others.
others() {
    xargs -0 -r -a "$scratch/opened" sh -c 'exec find "$@" -mindepth 1 -maxdepth 1 -print0' sh 2>/dev/null |
        sort -z | comm -z -23 - "$scratch/keep"
}
