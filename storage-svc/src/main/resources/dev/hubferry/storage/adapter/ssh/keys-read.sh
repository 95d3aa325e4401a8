# Prints the directory and the file of authorized keys, what is there, and the file's bytes. usage: FILE
# First line: home directory; second: real path of the file; third: "no-directory", "no-file" or "file SHA256".
set -u
case $1 in /*) file=$1 ;; *) file=$HOME/$1 ;; esac
[ ! -L "$file" ] || file=$(readlink -f -- "$file") || exit 66
printf '%s\n%s\n' "$HOME" "$file"
if [ ! -d "$(dirname "$file")" ]; then
    echo no-directory
elif [ ! -e "$file" ]; then
    echo no-file
else
    echo "file $(sha256sum <"$file" | cut -c 1-64)"
    cat -- "$file"
fi
