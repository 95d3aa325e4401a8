# Replaces the file of authorized keys whole, when it is still what was read. usage: FILE EXPECTED SIZE MIGRATION SERVE <content
# EXPECTED: "absent" or the SHA-256 of the file. SERVE: what the new line runs, "none" when a line is taken out.
# Exit codes: 68 the file has changed since; 69 what the line runs is gone, so the route was closed meanwhile.
set -u
umask 077
directory=$(dirname "$1")
[ "$5" = none ] || [ -f "$5" ] || exit 69
[ -d "$directory" ] || mkdir -m 700 -- "$directory" || exit 66
temporary=$directory/.hubferry-$4
exec 9<"$directory" || exit 66
flock -w 30 9 || exit 66
trap 'rm -f "$temporary"' EXIT
[ "$5" = none ] || [ -f "$5" ] || exit 69
now=absent
[ ! -e "$1" ] || now=$(sha256sum <"$1" | cut -c 1-64)
[ "$now" = "$2" ] || exit 68
rm -f "$temporary"
# Owner, mode, ACL and labels stay what they are.
if [ -e "$1" ]; then cp --attributes-only --preserve=all -- "$1" "$temporary"; else : >"$temporary"; fi || exit 66
cat >"$temporary" || exit 66
[ "$(stat -c %s "$temporary")" = "$3" ] || exit 74
sync "$temporary"
mv -f "$temporary" "$1" || exit 66
