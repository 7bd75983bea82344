printf 'auditor:%s\n' "$LAB_PASSWORD" | chpasswd
unset LAB_PASSWORD
ssh-keygen -A >/dev/null
mkdir -p /run/sshd
exec /usr/sbin/sshd -D -e -f "$PWD/sshd_config"
