# Stops the runners of a route and removes its run directory; homes stay. usage: PARENT MIGRATION COMMAND EPOCH MARKS HAND-OVER
# Prints "closed" when there was something to remove.
#include fence
#include process
set -u
umask 077
run=$1/.hubferry/$2 marks=$5
if [ -d "$run/epochs" ]; then
    fence "$run" "$3" "$4"
    echo closed
    for file in "$run"/pass-*/pid; do
        alive "$file" || continue
        kill -TERM -- "-$pid" 2>/dev/null
        waited=0
        while kill -0 -- "-$pid" 2>/dev/null; do
            waited=$((waited + 1))
            [ "$waited" -le 200 ] || exit 72
            [ "$waited" -ne 50 ] || kill -KILL -- "-$pid" 2>/dev/null
            sleep 0.1
        done
    done
fi
rm -rf "$run" || exit 66
if [ "$6" = yes ] && [ -f "$marks/$2.homes" ]; then
    rm -f "$marks/$2.homes" "$marks/$2.source"
fi
rmdir "$marks" "$1/.hubferry/owned" "$1/.hubferry" 2>/dev/null
exit 0
