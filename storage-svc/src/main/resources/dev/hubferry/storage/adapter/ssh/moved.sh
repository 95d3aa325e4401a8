# Compares an uploaded scan with that of a pass: prints paths in either that are not equal in both. usage: RUN UPLOAD NUMBER
set -u
LC_ALL=C
export LC_ALL
cd "$1" || exit 65
comm -z -3 "pass-$3/source" "$2" | sed -z -e 's,^\t,,' -e 's,//.*$,,' | sort -z -u
rm -f "$2"
