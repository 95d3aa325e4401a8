# Compares an uploaded scan with that of a pass: prints how many paths in either are not equal in both, and the first of them.
# usage: RUN UPLOAD NUMBER NAMED
set -u
LC_ALL=C
export LC_ALL
cd "$1" || exit 65
comm -z -3 "pass-$3/source" "$2" | sed -z -e 's,^\t,,' -e 's,//.*$,,' | sort -z -u -T . >"$2.moved" || exit 66
printf '%s\0' "$(tr -c -d '\000' <"$2.moved" | wc -c)"
head -z -n "$4" "$2.moved"
rm -f "$2" "$2.moved"
