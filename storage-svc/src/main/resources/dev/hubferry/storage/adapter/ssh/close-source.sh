# Ends the sessions of a route's key and removes its private directory. usage: DIRECTORY
# Prints "closed" when there was something to remove.
#include process
set -u
[ -d "$1" ] || exit 0
echo closed
# Without the script no new session can do anything; then end those that run, and the logins they came with.
rm -f "$1/serve"
for file in "$1"/sessions/*; do
    alive "$file" || continue
    kill -TERM "$pid" 2>/dev/null
    waited=0
    while alive "$file"; do
        waited=$((waited + 1))
        [ "$waited" -le 100 ] || exit 72
        [ "$waited" -ne 30 ] || kill -KILL "$pid" 2>/dev/null
        sleep 0.1
    done
done
rm -rf "$1" || exit 66
rmdir "$(dirname "$1")" 2>/dev/null
exit 0
