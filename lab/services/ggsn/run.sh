# Answers GTP on UDP 2123 and 2152 of the lab network; its command line (port 4260) listens on the container's loopback.
mkdir -p /tmp/ggsn
exec osmo-ggsn -c ./osmo-ggsn.cfg
