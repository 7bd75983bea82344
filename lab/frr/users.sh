#!/bin/sh
# The two logins that every lab router has. Passwords are set when the container starts.
set -eu

# Reads files and runs vtysh over SSH exec; group frr reads /etc/frr, group frrvty may use vtysh. Not root.
useradd --create-home --shell /bin/bash --comment 'read-only audit' --groups frr,frrvty auditor
# Lands in the router's own command line: `ssh vtyaudit@host 'show running-config'`.
useradd --create-home --shell /usr/bin/vtysh --comment 'router command line' --groups frr,frrvty vtyaudit
grep -qx /usr/bin/vtysh /etc/shells || echo /usr/bin/vtysh >>/etc/shells
