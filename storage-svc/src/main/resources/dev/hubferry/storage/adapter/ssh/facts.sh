# Says what a host has, one "key value" a line. usage: DIRECTORY…
set -u
LC_ALL=C
export LC_ALL
echo "machine $(cat /proc/sys/kernel/random/boot_id)"
for tool in find xargs sort comm sed grep cut stat sha256sum flock setsid nohup rsync tar ssh ssh-keygen getfattr sync tail; do
    if command -v "$tool" >/dev/null 2>&1; then echo "tool $tool"; fi
done
echo "find $(find --version 2>&1 </dev/null | head -n 1)"
echo "rsync $(rsync --version 2>/dev/null | head -n 1)"
echo "tar $(tar --version 2>/dev/null | head -n 1)"
if [ -z "$(tar -c -f - --format=posix --xattrs '--xattrs-include=*' --sparse --hole-detection=seek --warning=no-file-ignored --anchored \
    --no-wildcards --null --no-unquote -T /dev/null 2>&1 >/dev/null </dev/null)" ]; then echo "feature tar"; fi
if printf 'a\0' | comm -z -12 - /dev/null >/dev/null 2>&1; then echo "feature comm"; fi
if printf 'a\0' | sort -z >/dev/null 2>&1; then echo "feature sort"; fi
if printf 'a\0' | sed -z p >/dev/null 2>&1; then echo "feature sed"; fi
if printf '' | sha256sum -z >/dev/null 2>&1; then echo "feature sha256sum"; fi
for directory; do
    echo "directory $directory"
    echo "real $(readlink -m -- "$directory")"
    [ -d "$directory" ] || continue
    echo exists
    if [ -r "$directory" ] && [ -x "$directory" ]; then echo readable; fi
    if [ -w "$directory" ]; then echo writable; fi
    stat -f -c 'room %S %a %d %c %T' -- "$directory"
    stat -c 'device %d' -- "$directory"
    for attribute in user.hubferry system.posix_acl_access; do
        case $(getfattr -n "$attribute" --absolute-names -- "$directory" 2>&1) in
            *'not supported'*) ;;
            *) echo "keeps $attribute" ;;
        esac
    done
done
