# Lists the passes of a route, oldest first. usage: RUN
# For each: "pass NUMBER", the lines of its plan, "prepared" when it could be started, "exit CODE STARTED ENDED" when it has ended.
set -u
[ -d "$1/epochs" ] || exit 65
number=1
while [ -d "$1/pass-$number" ]; do
    echo "pass $number"
    [ ! -f "$1/pass-$number/plan" ] || cat "$1/pass-$number/plan"
    [ ! -f "$1/pass-$number/prepared" ] || echo prepared
    [ ! -f "$1/pass-$number/done" ] || echo "exit $(cat "$1/pass-$number/done")"
    number=$((number + 1))
done
