#!/bin/sh
# Start one lab router: configuration files into place, keys, tunnel, log daemon, FRR, SSH.
set -eu

lab=/usr/local/share/lab
: "${LAB_PASSWORD:?LAB_PASSWORD is not set}"

# Files keep the owners and modes that Debian's packages give them.
install -o frr -g frr -m 0640 "$lab/frr.conf" /etc/frr/frr.conf
install -o frr -g frr -m 0640 "$lab/daemons" /etc/frr/daemons
install -o frr -g frrvty -m 0640 "$lab/vtysh.conf" /etc/frr/vtysh.conf
install -m 0644 "$lab/sshd_config" /etc/ssh/sshd_config
install -m 0644 "$lab/rsyslog.conf" /etc/rsyslog.conf
install -o root -g frr -m 0640 "$lab/snmpd.conf" /etc/snmp/snmpd.conf
install -m 0644 "$lab/issue.net" /etc/issue.net
install -d -m 0755 /etc/network /etc/network/interfaces.d
install -m 0644 "$lab/interfaces" /etc/network/interfaces

printf 'auditor:%s\nvtyaudit:%s\n' "$LAB_PASSWORD" "$LAB_PASSWORD" | chpasswd
if grep -q '^rouser labmonitor' "$lab/snmpd.conf" && ! grep -qs usmUser /var/lib/snmp/snmpd.conf; then
    # snmpd replaces this line by the localised keys when it starts.
    printf 'createUser labmonitor SHA-256 "%s" AES "%s"\n' "$LAB_PASSWORD" "$LAB_PASSWORD" >>/var/lib/snmp/snmpd.conf
fi
unset LAB_PASSWORD

# Host keys belong to this container only and appear when it first starts.
ssh-keygen -A >/dev/null
install -d -m 0755 /run/sshd /run/lab

# The engine drops what would leave an internal network; without a default route nothing even tries.
ip route delete default 2>/dev/null || true

# A router without a tunnel has no such file. What the kernel could do is left in /run/lab/tunnel.
if [ -f "$lab/tunnel.sh" ]; then
    sh -eu "$lab/tunnel.sh" >/run/lab/tunnel 2>/run/lab/tunnel.errors
fi

# A host that was never used has empty records of logins, which is what an intruder leaves: this one booted, and root was
# there (utmp(5): a record of type 2, user "reboot").
{ printf '\002\000\000\000\000\000\000\000~'; head -c 31 /dev/zero; printf '~~\000\000reboot'; head -c 334 /dev/zero; } >/var/log/wtmp
lastlog --set --user root

rm -f /run/rsyslogd.pid
rsyslogd
snmpd -Lf /dev/null -I -smux -p /run/snmpd.pid
/usr/lib/frr/frrinit.sh start >/run/lab/frr.log 2>&1

exec /usr/sbin/sshd -D -e
