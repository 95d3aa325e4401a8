# Prints which homes on the target migrations have made, NUL-separated: M<migration>, S<source>, H<name>…  usage: MARKS
set -u
for file in "$1"/*.homes; do
    [ -f "$file" ] || continue
    name=${file##*/}
    printf 'M%s\0S%s\0' "${name%.homes}" "$(cat "${file%.homes}.source")"
    sed -z 's/^/H/' "$file"
done
