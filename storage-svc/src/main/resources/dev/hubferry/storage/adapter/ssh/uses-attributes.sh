# Says which entries have extended attributes ("attributes"), ACLs ("acls"), and ACLs with users or groups by number ("named-acls"):
# a line "# file: PATH", as getfattr writes it, and then its kinds. usage: HOMES
set -u
LC_ALL=C
export LC_ALL
cd -- "$1" || exit 65
# Of an ACL a version comes first, and then 16 digits for each of its entries, which begin with the kind of it: 2 a user, 8 a group.
find . -mindepth 1 -print0 | xargs -0 -r getfattr -h -d -m - -e hex --absolute-names -- 2>/dev/null | sed -E -n \
    -e '/^# file: /{p;d}' -e '/^$/d' \
    -e 's/^system\.posix_acl_[a-z]*=0x02000000([0-9a-f]{16})*0[28]00.*$/named-acls/;t say' \
    -e 's/^system\.posix_acl_.*$/acls/;t say' \
    -e 's/^.*$/attributes/' -e ':say' -e p
