#!/bin/sh
# All that the key of migration @MIGRATION@ may do: a read-only rsync of one directory. Made by Hubferry, removed when the route closes.
#include process
set -fu
umask 077
LC_ALL=C
export LC_ALL
unset IFS
homes=@HOMES@
sessions=@SESSIONS@

refuse() {
    echo "hubferry: refused: $1" >&2
    exit 126
}

asked=${SSH_ORIGINAL_COMMAND-}
[ "$asked" != hubferry-ping ] || exec echo hubferry-pong
case $asked in
    *[!A-Za-z0-9\ ,.=/-]*) refuse 'unknown characters' ;;
    'rsync --server --sender -'*) ;;
    *) refuse 'only the read-only rsync sender is served' ;;
esac
# Words are split at spaces and nothing else: there is no globbing (-f) and no quoting in what was asked.
set -- $asked
shift 3
state=options
for word; do
    case $state$word in
        options--numeric-ids | options--from0 | options--files-from=- | options--no-implied-dirs | options--ignore-missing-args) ;;
        options--info=*[!A-Z0-9,]*) refuse "option $word" ;;
        options--info=*) ;;
        options--*) refuse "option $word" ;;
        options-*e.*)
            case ${word%%e.*} in *[!-dlptgoDHAXSrRIvn]*) refuse "option $word" ;; esac
            case ${word#*e.} in *[!A-Za-z0-9.]*) refuse "option $word" ;; esac
            ;;
        options.) state=directory ;;
        directory./) state=complete ;;
        *) refuse "path or option $word" ;;
    esac
done
[ $state = complete ] || refuse 'not a whole command'
echo "$$ $(begun_of $$)" >"$sessions/$$" || refuse 'the route is closed'
echo "$PPID $(begun_of "$PPID")" >"$sessions/$$.login" || refuse 'the route is closed'
exec @SUDO@sh -c 'cd -- "$1" || exit 3; shift; exec rsync --server --sender "$@"' sh "$homes" "$@"
