# Makes a container's file system in a mount namespace of its own, then waits until its standard input closes.
#
# usage: container.sh ROOT SPARE [SOURCE TARGET ro|rw]...
#   ROOT   directory of this host that holds what the container writes outside of its volumes
#   SPARE  empty directory of this host, for copies of read-only directories that need a mount point inside
#
# The host's programs and libraries are visible read-only; its other directories are not.
set -eu

root=$1 spare=$2
shift 2

# Shows the entries of a read-only directory from a writable one.
unfreeze() {
    mkdir -p "$spare$1"
    for entry in "$root$1"/* "$root$1"/.[!.]*; do
        if [ -d "$entry" ] && [ ! -L "$entry" ]; then
            mkdir -p "$spare$1/${entry##*/}"
            mount --rbind "$entry" "$spare$1/${entry##*/}"
        elif [ -e "$entry" ] || [ -L "$entry" ]; then
            cp -a "$entry" "$spare$1/${entry##*/}"
        fi
    done
    mount --rbind "$spare$1" "$root$1"
}

# Makes TARGET inside the root, a directory or a file as SOURCE is.
mount_point() {
    parent=$(dirname "$2")
    standing=$parent
    while [ ! -d "$root$standing" ]; do standing=$(dirname "$standing"); done
    if [ ! -w "$root$standing" ]; then unfreeze "$standing"; fi
    mkdir -p "$root$parent"
    if [ -d "$1" ]; then mkdir -p "$root$2"; else : > "$root$2"; fi
}

mount --bind "$root" "$root"
for dir in bin sbin lib lib32 lib64 libx32 usr etc opt; do
    if [ -L "/$dir" ]; then
        ln -sfn "$(readlink "/$dir")" "$root/$dir"
    elif [ -d "/$dir" ]; then
        mkdir -p "$root/$dir"
        mount --rbind "/$dir" "$root/$dir"
        mount -o remount,bind,ro "$root/$dir"
    fi
done
for dir in dev sys; do
    mkdir -p "$root/$dir"
    mount --rbind "/$dir" "$root/$dir"
done
mkdir -p "$root/proc" "$root/tmp" "$root/var/tmp" "$root/run" "$root/home" "$root/root" "$root/srv" "$root/mnt"
chmod 1777 "$root/tmp" "$root/var/tmp"
mount -t proc proc "$root/proc"

while [ $# -gt 0 ]; do
    if [ ! -e "$root$2" ]; then mount_point "$1" "$2"; fi
    mount --rbind "$1" "$root$2"
    if [ "$3" = ro ]; then mount -o remount,bind,ro "$root$2"; fi
    shift 3
done

exec chroot "$root" /bin/sh -c 'echo ready; exec cat >/dev/null 2>&1'
