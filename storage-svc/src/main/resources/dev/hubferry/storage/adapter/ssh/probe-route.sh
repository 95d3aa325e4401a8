# Proves that the key serves the homes and nothing else. usage: RUN
# Exit codes: 80, 81 the key is not served; 82 the homes cannot be listed; 83, 84 more than the homes is served; 85 it could not be
# shown that nothing more is served: a connection that was lost is no refusal.
set -u
umask 077
LC_ALL=C
export LC_ALL
unset RSYNC_RSH RSYNC_PROTECT_ARGS
cd "$1" || exit 65
probe=probe.$$
mkdir "$probe" || exit 66
# The whole process group: an rsync that is ended right after it began leaves the ssh behind that it was about to talk to.
trap 'trap "" TERM; kill -TERM 0 2>/dev/null; wait; rm -rf "$probe"' EXIT

# refused PID NAME CODE: exits with CODE when what runs as PID was not refused.
refused() {
    if wait "$1"; then exit "$3"; fi
    if ! grep -q 'hubferry: refused' "$probe/$2"; then
        cat "$probe/$2" >&2
        exit 85
    fi
}

# One login for all, which the first pass finds open. Whatever says it in the background must not hold our own output.
way='sh ./route.sh 1'
answer=$($way hubferry-source hubferry-ping </dev/null 2>"$probe/ping") || {
    cat "$probe/ping" >&2
    exit 80
}
[ "$answer" = hubferry-pong ] || exit 81
$way hubferry-source 'echo open' </dev/null >/dev/null 2>"$probe/shell" &
shell=$!
case $(cat transport) in
    rsync*)
        rsync --dirs --numeric-ids -e "$way" hubferry-source:/etc/ </dev/null >/dev/null 2>"$probe/elsewhere" &
        elsewhere=$!
        printf './\0' | rsync -n --dirs --out-format=%n --files-from=- --from0 --numeric-ids -e "$way" \
            hubferry-source::homes/ partial/ >"$probe/list" 2>"$probe/listing" &
        list=$!
        ;;
    *)
        $way hubferry-source 'rsync --server --sender . /etc/' </dev/null >/dev/null 2>"$probe/elsewhere" &
        elsewhere=$!
        # The homes directory without anything in it.
        $way hubferry-source 'hubferry-tar 0 listed root 00000000' </dev/null 2>"$probe/listing" | tar -t -f - >"$probe/list" &
        list=$!
        ;;
esac
# Only now: a shell that begins as a child of this one would take the signal for its parent's and forget it.
trap 'exit 1' HUP INT TERM PIPE
wait "$list" && [ -s "$probe/list" ] || {
    cat "$probe/listing" >&2
    exit 82
}
refused "$elsewhere" elsewhere 83
refused "$shell" shell 84
exit 0
