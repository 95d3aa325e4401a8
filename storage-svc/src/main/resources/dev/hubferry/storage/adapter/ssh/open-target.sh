# Makes the run directory and the key of a route, once, and writes how ssh reaches the source.
# usage: PARENT MIGRATION COMMAND EPOCH SIZE <files      Standard input: for each file a line "NAME SIZE" and then its bytes.
# Prints type and key of the public key, then its fingerprint.
#include fence
set -u
umask 077
run=$1/.hubferry/$2
[ -d "$1" ] || exit 65
# Nothing is made before the input is there: what was given up on the way must not bring a closed route back.
bundle=$(mktemp) || exit 66
trap 'rm -f "$bundle"' EXIT
cat >"$bundle" || exit 66
[ "$(stat -c %s "$bundle")" = "$5" ] || exit 74
mkdir -p "$run/epochs" || exit 66
fence "$run" "$3" "$4"
[ -d "$run/partial" ] || mkdir "$run/partial" || exit 66
while read -r name size; do
    head -c "$size" >"$run/$name" || exit 66
done <"$bundle"
if [ ! -f "$run/key" ] || [ ! -f "$run/key.pub" ]; then
    rm -f "$run/key.new" "$run/key.new.pub"
    ssh-keygen -q -t ed25519 -N '' -C "hubferry:$2" -f "$run/key.new" </dev/null || exit 1
    mv -f "$run/key.new.pub" "$run/key.pub" && mv -f "$run/key.new" "$run/key" || exit 66
fi
cut -d ' ' -f 1,2 "$run/key.pub"
ssh-keygen -l -E sha256 -f "$run/key.pub" | cut -d ' ' -f 2
