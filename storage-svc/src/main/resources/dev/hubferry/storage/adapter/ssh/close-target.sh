# Stops the runners of a route and removes its run directory; homes stay. usage: PARENT MIGRATION COMMAND EPOCH MARKS HAND-OVER
# Prints "closed" when there was something to remove.
#include fence
#include group
set -u
umask 077
run=$1/.hubferry/$2 marks=$5
if [ -d "$run/epochs" ]; then
    fence "$run" "$3" "$4"
    echo closed
    end_runners "$run"
    (
        # Whoever is logging in would leave a connection behind.
        flock -w 30 7
        for way in "$run"/way.*; do
            [ ! -S "$way" ] || (cd "$run" && ssh -F ssh_config -S "${way##*/}" -O exit hubferry-source 7>&-) >/dev/null 2>&1
        done
    ) 7>"$run/login"
fi
rm -rf "$run" || exit 66
if [ "$6" = yes ] && [ -f "$marks/$2.homes" ]; then
    rm -f "$marks/$2.homes" "$marks/$2.source"
fi
rmdir "$marks" "$1/.hubferry/owned" "$1/.hubferry" 2>/dev/null
exit 0
