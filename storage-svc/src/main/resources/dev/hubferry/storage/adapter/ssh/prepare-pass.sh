# Writes down a pass whole or not at all; whoever prepares one has given up the others, and ends them.
# usage: RUN COMMAND EPOCH NUMBER UPLOAD UPLOAD-SIZE SIZE <files
# Standard input: for each file a line "NAME SIZE" and then its bytes. UPLOAD is the manifest of the source that came before.
# A pass that has nothing to do, as the file "nothing" says, has ended when it is written down.
#include fence
#include group
set -u
umask 077
run=$1 pass=$1/pass-$4 bundle=$1/bundle.$$
[ -d "$run/epochs" ] || exit 65
trap 'rm -f "$bundle"' EXIT
cat >"$bundle" || exit 66
# A lost connection looks like the end of the input.
[ "$(stat -c %s "$bundle")" = "$7" ] || exit 74
fence "$run" "$2" "$3"
end_runners "$run"
[ ! -f "$pass/prepared" ] || exit 73
[ "$(stat -c %s "$run/$5")" = "$6" ] || exit 74
rm -rf "$pass" && mkdir "$pass" || exit 66
while read -r name size; do
    case $name in
        */*) [ -d "$pass/${name%/*}" ] || mkdir -p "$pass/${name%/*}" || exit 66 ;;
    esac
    head -c "$size" >"$pass/$name" || exit 66
done <"$bundle"
now=$(date +%s.%N)
[ ! -f "$pass/nothing" ] || echo "0 $now $now" >"$pass/done" || exit 66
mv -f "$run/$5" "$pass/source" && mv -f -t "$run" "$pass"/*.sh && : >"$pass/prepared" || exit 66
