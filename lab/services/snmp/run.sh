# snmpd replaces these lines by localised keys when it starts.
printf 'createUser labfull SHA "%s" AES "%s"\ncreateUser lablimited MD5 "%s" DES "%s"\n' \
    "$LAB_PASSWORD" "$LAB_PASSWORD" "$LAB_PASSWORD" "$LAB_PASSWORD" >>/var/lib/snmp/snmpd.conf
unset LAB_PASSWORD
exec snmpd -f -Lo -I -smux -C -c ./snmpd.conf,/var/lib/snmp/snmpd.conf
