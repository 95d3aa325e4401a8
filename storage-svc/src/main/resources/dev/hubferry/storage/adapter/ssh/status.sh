# Says how far a pass is, at its end or after a while. usage: RUN NUMBER BYTES WHOLE TENTHS
# First line: "running", "ended CODE STARTED ENDED" or "dead"; then for each output file "out NAME" and its last BYTES bytes,
# WHOLE when the pass has ended.
#include process
set -u
[ -d "$1/epochs" ] || exit 65
cd "$1/pass-$2" || exit 65
waited=0
while [ "$waited" -lt "$5" ] && [ ! -f done ] && alive pid; do
    waited=$((waited + 1))
    sleep 0.1
done
bytes=$3
if [ ! -f done ] && alive pid; then
    echo running
elif [ -f done ]; then
    # Perhaps only just now.
    echo "ended $(cat done)"
    bytes=$4
else
    echo dead
fi
for out in batch-*/rsync.*.out batch-*/tar.*.out attributes-rsync.*.out attributes-tar.*.out; do
    [ -f "$out" ] || continue
    echo "out $out"
    tail -c "$bytes" "$out" | tr '\r' '\n'
    echo
done
