# Writes down a pass whole or not at all; whoever prepares one has given up the others, and ends them. usage: RUN COMMAND EPOCH NUMBER UPLOAD SIZE <files
# Standard input: for each file a line "NAME SIZE" and then its bytes. UPLOAD is the list of the source's entries that came before.
#include fence
#include group
set -u
umask 077
run=$1 pass=$1/pass-$4 bundle=$1/bundle.$$
[ -d "$run/epochs" ] || exit 65
trap 'rm -f "$bundle"' EXIT
cat >"$bundle" || exit 66
# A lost connection looks like the end of the input.
[ "$(stat -c %s "$bundle")" = "$6" ] || exit 74
fence "$run" "$2" "$3"
end_runners "$run"
[ ! -f "$pass/prepared" ] || exit 73
rm -rf "$pass" && mkdir "$pass" || exit 66
while read -r name size; do
    mkdir -p "$(dirname "$pass/$name")" && head -c "$size" >"$pass/$name" || exit 66
done <"$bundle"
mv -f "$run/$5" "$pass/source" && mv -f "$pass/runner.sh" "$run/runner.sh" && : >"$pass/prepared" || exit 66
