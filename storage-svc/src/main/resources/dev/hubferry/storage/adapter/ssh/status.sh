# Says how far a pass is, at its end or after a while. usage: RUN NUMBER BYTES TENTHS
# First line: "running", "ended CODE STARTED ENDED" or "dead"; then for each output file "out NAME" and its last BYTES bytes.
#include process
set -u
[ -d "$1/epochs" ] || exit 65
cd "$1/pass-$2" || exit 65
waited=0
while [ "$waited" -lt "$4" ] && [ ! -f done ] && alive pid; do
    waited=$((waited + 1))
    sleep 0.1
done
if [ -f done ]; then
    echo "ended $(cat done)"
elif alive pid; then
    echo running
elif [ -f done ]; then
    echo "ended $(cat done)"
else
    echo dead
fi
for out in batch-*/rsync.*.out attributes-rsync.*.out; do
    [ -f "$out" ] || continue
    echo "out $out"
    tail -c "$3" "$out" | tr '\r' '\n'
    echo
done
