#!/bin/sh
# Baked into the image of frr2-comp: a second name for uid 0, with a key of its own. Nobody can use it: the
# password is locked, and the private half of the key was thrown away when it was made.
set -eu

useradd --non-unique --uid 0 --gid 0 --groups frrvty --no-create-home --home-dir /var/lib/frrsvc \
    --shell /bin/bash --comment 'frr service' frrsvc
install -d -m 0755 /etc/ssh/keys
install -m 0644 /usr/local/share/lab/frrsvc.pub /etc/ssh/keys/frrsvc
