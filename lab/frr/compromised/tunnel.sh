#!/bin/sh
# The undeclared tunnel. GRE where the kernel has it; else a VXLAN interface under another name, so that nothing
# pretends to be what it is not. Prints the kind and the name. Harmless: the lab network has no way out.
set -eu

local_address=172.30.77.12
remote_address=203.0.113.77

if ip link add gre-up1 type gre local "$local_address" remote "$remote_address" ttl 64; then
    kind=gre name=gre-up1
elif ip link add gretap-up1 type gretap local "$local_address" remote "$remote_address" ttl 64; then
    kind=gretap name=gretap-up1
elif ip link add ipip-up1 type ipip local "$local_address" remote "$remote_address" ttl 64; then
    kind=ipip name=ipip-up1
elif ip link add vx-up1 type vxlan id 7701 local "$local_address" remote "$remote_address" dstport 4789; then
    kind=vxlan name=vx-up1
else
    echo none
    exit 0
fi
[ "$name" = gre-up1 ] || ip address add 10.255.77.2/30 dev "$name"
ip link set "$name" up
echo "$kind $name"
