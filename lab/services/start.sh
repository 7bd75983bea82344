#!/bin/sh
# Run one service of the lab in the foreground; its folder holds `run.sh` and its configuration.
set -eu
: "${LAB_PASSWORD:?LAB_PASSWORD is not set}"
cd "/usr/local/share/lab/$1"
# The engine drops what would leave an internal network; without a default route nothing even tries.
ip route delete default 2>/dev/null || true
exec sh -eu ./run.sh
