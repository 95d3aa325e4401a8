# Prints what rsync and tar complained about in a pass, and how much room is left. usage: RUN NUMBER HOMES
set -u
cd "$1/pass-$2" || exit 65
stat -f -c 'room %S %a %d %c' -- "$3" 2>/dev/null || stat -f -c 'room %S %a %d %c' -- "$1"
# How much was left when the runner ended, and when there was none for a stage.
for room in room room.* batch-*/room.*; do
    [ ! -f "$room" ] || cat "$room"
done
for err in clear.err make.err batch-*/rsync.*.err batch-*/tar.*.err attributes-rsync.*.err attributes-tar.*.err runner.log; do
    [ ! -s "$err" ] || head -c 4000 "$err"
done
