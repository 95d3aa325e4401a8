#!/bin/sh
# Writes a tar of parts of the homes of migration @MIGRATION@ to standard output. Made by Hubferry, removed when the route closes.
# usage: SESSION SIZE recursive|listed homes|root MARK [UID:GID] <list of SIZE bytes: wanted paths, NUL-separated, that begin with ./
#   SESSION     the number of the file that names the process that this is
#   recursive   a directory means all that is below it, else only itself
#   root        the homes directory itself comes, too
#   MARK        the name of an empty file that comes last: by it the other side knows that nothing is missing
#   UID:GID     whose everything is said to be, instead of its owner's
# Exit codes are tar's: 1 something changed while it was read, 2 something could not be read; 123 is either; 126 refused.
#
# Users own what is read here, and may plant links while it is. So tar is given nothing but entries of the homes directory, walks down from
# there without following any link, and is told what to leave out: in each directory on the way to what is wanted, all the rest. What is
# listed for that goes nowhere but into the list of what is left out.
#include process
#include scope
set -u
umask 077
LC_ALL=C
export LC_ALL
unset TAR_OPTIONS TAPE
directory=@DIRECTORY@ homes=@HOMES@

refuse() {
    echo "hubferry: refused: $1" >&2
    exit 126
}

session=$directory/sessions/$1
shift
[ $# -eq 4 ] || [ $# -eq 5 ] || refuse 'hubferry-tar takes four or five words: SIZE recursive|listed homes|root MARK [UID:GID]'
case $1 in '' | *[!0-9]* | ?????????????*) refuse 'the size of the list is a number of at most 12 digits' ;; esac
case $2/$3 in recursive/homes | recursive/root | listed/homes | listed/root) ;; *) refuse 'not a kind of list' ;; esac
case $4 in *[!0-9a-f]* | ????????????????????*) refuse 'the mark is not of at most 19 hexadecimal digits' ;; ???????*) ;; *) refuse 'the mark is too short' ;; esac

# A tar reads its lists when it begins, and takes the place of this script then; so lists of sessions that have ended are still there.
for old in "$directory"/sessions/*.lists; do
    alive "${old%.lists}" || rm -rf "$old"
done
scratch=$session.lists
mkdir "$scratch" || exit 66
head -c "$1" >"$scratch/wanted" && [ "$(stat -c %s "$scratch/wanted")" = "$1" ] || refuse 'the list was cut short'
tr '\n\0' '\1\n' <"$scratch/wanted" | sed 's,$,/,' | grep -qE '^\./$|^([^.]|\.[^/])|//|/\.\.?/' &&
    refuse 'paths begin with ./ and go down from there'
owner=
if [ $# -eq 5 ]; then
    case $5 in *[!0-9:]* | *:*:* | :* | *: | ????????????????????????*) refuse 'an owner is UID:GID' ;; *:*) ;; *) refuse 'an owner is UID:GID' ;; esac
    owner="--owner=:${5%:*} --group=:${5#*:}"
fi
cd -- "$homes" || exit 65
scope "$2" "$3" || exit 66
others >"$scratch/others" || exit 66

# A file of patterns has one a line, without blanks at the end. The few names that do not fit are put into the command, as far as they
# fit there; the rest is sent for nothing.
sed -z -e '/\n/d' -e '/[[:space:]]$/d' "$scratch/others" | tr '\0' '\n' >"$scratch/patterns" || exit 66
sed -z -n -e '/\n/{p;d}' -e '/[[:space:]]$/p' "$scratch/others" | sed -z 's,^,--exclude=,' | head -c 64000 >"$scratch/options" || exit 66
[ "$(stat -c %s "$scratch/options")" -lt 64000 ] || sed -i -z '$d' "$scratch/options" || exit 66
if [ "$3" = root ]; then
    printf '.\0'
else
    sed -z 's,^\(\./[^/]*\)/.*,\1,' "$scratch/wanted" | sort -zu | xargs -0 -r sh -c 'exec find "$@" -maxdepth 0 -print0' sh 2>/dev/null
fi >"$scratch/members"
: >"$scratch/$4" || exit 66
export scratch owner mark="$4"
pack='exec tar -c -f - --format=posix --pax-option=delete=atime,delete=ctime --numeric-owner $owner --xattrs "--xattrs-include=*" \
    --sparse --hole-detection=seek --warning=no-file-ignored --anchored --no-wildcards -X "$scratch/patterns" "$@" \
    --null --no-unquote -T "$scratch/members" -C "$scratch" -- "$mark"'
if [ -s "$scratch/options" ]; then
    exec xargs -0 -x -n 64000 -a "$scratch/options" sh -c "$pack" sh
fi
exec sh -c "$pack" sh
