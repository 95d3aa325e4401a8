# Says whether the target reaches the source's sshd; nothing is sent but the greeting. usage: BIND-ADDRESS|any ADDRESS PORT USER
bind=
[ "$1" = any ] || bind="-o BindAddress=$1"
ssh -F none -o BatchMode=yes -o ConnectTimeout=10 $bind -o StrictHostKeyChecking=yes \
    -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null -p "$3" -- "$4@$2" true </dev/null
exit 0
