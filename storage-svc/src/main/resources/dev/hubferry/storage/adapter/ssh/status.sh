# Says how far a pass is, at its end or after a while. usage: RUN NUMBER BYTES WHOLE SECONDS
# First line: "running", "ended CODE STARTED ENDED" or "dead"; then for each output file "out NAME" and its last BYTES bytes,
# WHOLE when the pass has ended; and for each batch that has ended "end NAME".
#include process
set -u
[ -d "$1/epochs" ] || exit 65
cd "$1/pass-$2" || exit 65
# A runner holds this lock until it ends, and with it all that it has started.
if [ ! -f done ] && alive pid; then flock -s -w "$5" "$1/running" true; fi
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
for exit in batch-*/exit; do
    [ ! -f "$exit" ] || echo "end ${exit%/exit}"
done
