# Proves that the key serves the homes and nothing else. usage: RUN
# Exit codes: 80, 81 the key is not served; 82 the homes cannot be listed; 83, 84 more than the homes is served.
set -u
LC_ALL=C
export LC_ALL
unset RSYNC_RSH RSYNC_PROTECT_ARGS
cd "$1" || exit 65
# All at once: each costs a handshake.
ssh -F ssh_config hubferry-source 'echo open' </dev/null >/dev/null 2>&1 &
shell=$!
rsync --dirs --numeric-ids -e 'ssh -F ssh_config' hubferry-source:/etc/ </dev/null >/dev/null 2>&1 &
elsewhere=$!
printf './\0' | rsync -n --dirs --out-format=%n --files-from=- --from0 --numeric-ids -e 'ssh -F ssh_config' \
    hubferry-source::homes/ partial/ >probe.list &
list=$!
answer=$(ssh -F ssh_config hubferry-source hubferry-ping </dev/null) || exit 80
[ "$answer" = hubferry-pong ] || exit 81
wait "$list" && [ -s probe.list ] || exit 82
rm -f probe.list
if wait "$elsewhere"; then exit 83; fi
if wait "$shell"; then exit 84; fi
exit 0
