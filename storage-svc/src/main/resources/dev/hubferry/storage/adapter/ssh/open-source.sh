# Makes the private directory of a route on the source and installs what the key may do. usage: DIRECTORY SIZE <files
# Standard input: for each file a line "NAME SIZE" and then its bytes.
set -u
umask 077
mkdir -p "$1/sessions" && cat >"$1/bundle" || exit 66
[ "$(stat -c %s "$1/bundle")" = "$2" ] || exit 74
while read -r name size; do
    head -c "$size" >"$1/$name.new" && mv -f "$1/$name.new" "$1/$name" || exit 66
done <"$1/bundle"
rm -f "$1/bundle"
