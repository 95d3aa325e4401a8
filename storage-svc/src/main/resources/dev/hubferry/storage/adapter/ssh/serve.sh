#!/bin/sh
# All that the key of migration @MIGRATION@ may do: read one directory, by rsync or tar. Made by Hubferry, removed when the route closes.
#
# rsync runs as a daemon of one connection, with its root in the homes: whatever the other side asks for, and whatever links the
# users make, nothing outside can be read and nothing at all written. See rsyncd.conf beside this file. A tar is told what to read by the
# file stream beside this one, which says why nothing outside can be read by it either.
#include process
set -fu
umask 077
LC_ALL=C
export LC_ALL
directory=@DIRECTORY@

refuse() {
    echo "hubferry: refused: $1" >&2
    exit 126
}

case ${SSH_ORIGINAL_COMMAND-} in
    hubferry-ping) exec echo hubferry-pong ;;
    'rsync --server --daemon .' | 'hubferry-tar '*) ;;
    *) refuse 'this key serves one directory by rsync or tar, and nothing else' ;;
esac
echo "$$ $(begun_of $$)" >"$directory/sessions/$$" || refuse 'the route is closed'
echo "$PPID $(begun_of "$PPID")" >"$directory/sessions/$$.login" || refuse 'the route is closed'
case $SSH_ORIGINAL_COMMAND in
    hubferry-tar*)
        # Words of it are taken apart, and looked at there.
        set -- $SSH_ORIGINAL_COMMAND
        shift
        exec @SUDO@sh "$directory/stream" "$$" "$@"
        ;;
esac
exec @SUDO@rsync --server --daemon --config="$directory/rsyncd.conf" .
