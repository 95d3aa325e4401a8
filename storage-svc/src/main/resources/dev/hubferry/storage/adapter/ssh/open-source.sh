# Makes the private directory of a route on the source and installs what the key may do. usage: DIRECTORY SIZE <files
# Standard input: for each file a line "NAME SIZE" and then its bytes.
set -u
umask 077
# Nothing is made before the input is there: what was given up on the way must not bring a closed route back.
bundle=$(mktemp) || exit 66
trap 'rm -f "$bundle"' EXIT
cat >"$bundle" || exit 66
[ "$(stat -c %s "$bundle")" = "$2" ] || exit 74
mkdir -p "$1/sessions" || exit 66
while read -r name size; do
    head -c "$size" >"$1/$name.new" && mv -f "$1/$name.new" "$1/$name" || exit 66
done <"$bundle"
