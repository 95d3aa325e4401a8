# Starts the runner of a pass, detached; does nothing when it runs or has ended. Ends those of other passes, and what a runner that
# died has left of this one. usage: RUN COMMAND EPOCH NUMBER KIND HOMES PATIENCE WORKERS KILOBYTES
#include fence
#include group
set -u
umask 077
fence "$1" "$2" "$3"
cd "$1" || exit 65
pass=$1/pass-$4
end_runners "$1" "pass-$4"
[ -f "$pass/prepared" ] || exit 65
[ ! -f "$pass/done" ] || exit 0
! alive "$pass/pid" || exit 0
end_runner "$pass/pid"
rm -f "$pass/pid"
echo "$8" >workers.new && mv -f workers.new workers || exit 66
HUBFERRY_PASS=$(mark_of "$pass") setsid nohup sh ./runner.sh "$4" "$5" "$6" "$7" "$2" "$9" </dev/null >"$pass/runner.log" 2>&1 9>&- &
runner=$! waited=0
while [ ! -f "$pass/pid" ]; do
    waited=$((waited + 1))
    # One that has ended may have been quick.
    if { [ "$waited" -gt 1000 ] || ! grep -qs ') [^ZX] ' "/proc/$runner/stat"; } && [ ! -f "$pass/pid" ]; then
        echo "the runner did not begin; its log ends with: $(tail -c 300 "$pass/runner.log")" >&2
        exit 71
    fi
    sleep 0.02
done
