# Marks the homes of a pass as made by this migration, before they are made. Names on standard input, NUL-separated.
# usage: RUN COMMAND EPOCH MARKS MIGRATION HOMES IDENTITY ADOPT SIZE
# Prints R<what the target's directory is, as homes.sh does>, F<name> for each entry there that is not this migration's, H<name> for
# each that is, G<name> for each of those that the source lacks, and A when what they hold is not to be trusted.
# Exit code 67: these homes, C<name>, stand on the target and are not ours.
#include fence
set -u
umask 077
LC_ALL=C
export LC_ALL
run=$1 marks=$4 migration=$5 homes=$6 identity=$7 adopt=$8
[ -d "$run/epochs" ] || exit 65
scratch=$run/own.$$
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch" && cat >"$scratch/names" || exit 66
[ "$(stat -c %s "$scratch/names")" = "$9" ] || exit 74
sort -zu "$scratch/names" >"$scratch/source" || exit 66
fence "$run" "$2" "$3"
mkdir -p "$marks" || exit 66
mine=$marks/$migration.homes
printf '%s\n' "$identity" >"$marks/$migration.source" || exit 66
# Homes that were this migration's before this run directory was there: what they hold is not known here either.
if [ ! -f "$run/owning" ]; then
    [ ! -s "$mine" ] || : >"$run/adopted"
    : >"$run/owning"
fi
if [ -f "$mine" ]; then sort -zu "$mine" >"$scratch/owned"; else : >"$scratch/owned"; fi || exit 66

# Homes that earlier migrations from the same source have left become this one's; what they hold is not trusted.
if [ "$adopt" = yes ]; then
    for other in "$marks"/*.homes; do
        [ -f "$other" ] && [ "$other" != "$mine" ] || continue
        [ "$(cat "${other%.homes}.source")" = "$identity" ] || continue
        : >>"$run/adopted"
        sort -zu "$scratch/owned" "$other" >"$scratch/both" && mv "$scratch/both" "$scratch/owned" || exit 66
        cp "$scratch/owned" "$mine.new" && mv -f "$mine.new" "$mine" || exit 66
        rm -f "$other" "${other%.homes}.source"
    done
fi

: >"$scratch/have" || exit 66
if [ -d "$homes" ]; then
    (cd -- "$homes" && find . -maxdepth 0 -printf 'R%p//%y %m %U %G 0 %T@ %C@ %i %n//\0') || exit 66
    (cd -- "$homes" && find . -mindepth 1 -maxdepth 1 ! -name .projects ! -name .projid -printf '%f\0') |
        sort -z >"$scratch/have" || exit 66
fi
# A list that is cut short by a full disk would hide a home that is not ours.
comm -z -13 "$scratch/owned" "$scratch/source" >"$scratch/new" || exit 66
comm -z -12 "$scratch/new" "$scratch/have" >"$scratch/clash" || exit 66
if [ -s "$scratch/clash" ]; then
    sed -z 's/^/C/' "$scratch/clash"
    exit 67
fi
sort -zu "$scratch/owned" "$scratch/new" >"$scratch/mine" || exit 66
cmp -s "$scratch/mine" "$mine" ||
    { cp "$scratch/mine" "$mine.new" && sync "$mine.new" && mv -f "$mine.new" "$mine"; } || exit 66
comm -z -23 "$scratch/have" "$mine" | sed -z 's/^/F/'
comm -z -12 "$scratch/have" "$mine" | sed -z 's/^/H/'
comm -z -23 "$mine" "$scratch/source" | comm -z -12 - "$scratch/have" | sed -z 's/^/G/'
[ ! -f "$run/adopted" ] || printf 'A\0'
