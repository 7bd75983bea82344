# Open vSwitch without the kernel's module: a bridge whose traffic is mirrored into a tunnel nobody declared.
mkdir -p /run/openvswitch /etc/openvswitch
ovsdb-tool create /etc/openvswitch/conf.db /usr/share/openvswitch/vswitch.ovsschema
ovsdb-server --remote=punix:/run/openvswitch/db.sock --pidfile --detach --log-file=/dev/null
ovs-vsctl --no-wait init
ovs-vswitchd --enable-dummy --disable-system --pidfile --detach --log-file=/dev/null
ovs-vsctl add-br br0 -- set bridge br0 datapath_type=dummy \
    -- add-port br0 customer -- set interface customer type=dummy \
    -- add-port br0 gre7 -- set interface gre7 type=gre options:remote_ip=203.0.113.77 \
    -- add-port br0 erspan7 -- set interface erspan7 type=erspan options:remote_ip=203.0.113.77 \
       options:erspan_ver=1 options:erspan_idx=7 options:key=7
ovs-vsctl -- --id=@from get port customer -- --id=@to get port gre7 \
    -- --id=@m create mirror name=up7 select-src-port=@from select-dst-port=@from output-port=@to \
    -- set bridge br0 mirrors=@m
touch /run/lab-ready
exec tail -f /dev/null
