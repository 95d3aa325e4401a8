# Says whether entries have extended attributes ("attributes") and ACLs ("acls"). usage: HOMES
set -u
LC_ALL=C
export LC_ALL
cd -- "$1" || exit 65
find . -mindepth 1 -print0 | xargs -0 -r getfattr -h -d -m - --absolute-names -- 2>/dev/null | grep -a -v '^# file: ' | grep -a '=' |
    sed -E -e 's,^system\.posix_acl.*$,acls,' -e '/^acls$/!s,^.*$,attributes,' | sort -u
