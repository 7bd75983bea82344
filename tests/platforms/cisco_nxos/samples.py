"""A configuration with a statement of almost every kind, invented for the tests."""

FULL = r"""!Command: show running-config
!Running configuration last done at: Wed May 20 03:54:57 2026
!Time: Wed May 20 04:01:53 2026

version 10.3(9) Bios:version 05.47
switchname pe1
vdc pe1 id 1
  limit-resource vlan minimum 16 maximum 4094

feature nxapi
feature bash-shell
feature telnet
feature scheduler
feature tacacs+
feature netflow
feature sflow
feature nat
feature pbr
feature tunnel
feature grpc
feature netconf
feature telemetry
feature lldp
feature ospf
feature password encryption aes
no feature ssh
no feature signature-verification
feature-set mpls

role name oper
  description operators
  rule 2 permit command show *
  rule 1 deny command clear *
  interface policy deny
role name super
  rule 1 permit read-write
role name lisnmp
  rule 2 permit read oid 1.3.6.1.4.1.9.9.399
  rule 1 permit read
no password strength-check
userpassphrase min-length 12 max-length 64
username admin password 5 $5$SALTSALT$InventedHashOfTheTests0000000000000000000000  role network-admin
username bob password 8 $nx-pbkdf2$0$abc  role super
username bob role oper
username bob sshkey ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGB7sdHJgQ7IcYqTzyRxr8C0GkMFmPdNqz4UrGtnzBNd bob@nms
username eve password 0 letmein role network-operator expire 2030-01-01
username weak password 5 $1$abcd$efghijklmnopqrstuvwxy/  role vdc-admin
username locked password 5 !  role network-operator
username sh shelltype bash
username cert ssh-cert-dn "/CN=cert" rsa
enable secret 5 $1$wwww$xyzxyzxyzxyzxyzxyzxyz0  priv-lvl 15
banner motd #Authorised only#
banner exec ^
hello
feature http-server
^

ssh key rsa 2048
ssh login-attempts 5
ssh port 2222
ssh ciphers all
ssh kexalgos ecdh-sha2-nistp256
ip domain-lookup
ip domain-name example.net
ip name-server 192.0.2.53 192.0.2.54 use-vrf management
ip host foo 192.0.2.1
tacacs-server key 7 "tacglobal7"
tacacs-server timeout 10
ip tacacs source-interface mgmt0
tacacs-server host 192.0.2.10 key 7 "tachost7" port 4949 timeout 5
tacacs-server host 192.0.2.11
tacacs-server host 192.0.2.11 key 0 plainkey
radius-server host 192.0.2.20 key 6 "SW52ZW50ZWRLZXlPZlRoZVRlc3Rz" authentication accounting
radius-server deadtime 5
aaa group server tacacs+ TAC
    server 192.0.2.10
    server 192.0.2.11
    use-vrf management
    source-interface mgmt0
aaa group server radius RAD
    server 192.0.2.20
ip access-list VTY
  statistics per-entry
  5 remark permit telnet
  20 permit tcp addrgroup MGMT any eq 22
  10 deny tcp 198.51.100.0/24 any
  30 permit tcp 203.0.113.0 0.0.0.255 any range 22 telnet log
ip access-list CORE
  10 permit udp 192.0.2.0/24 any eq 2123
  20 permit udp any any eq 2152 time-range T
  30 permit 132 any any
  40 permit tcp any any established
  50 permit tcp any portgroup P any neq www
  60 permit ip any any capture session 7
  70 permit ip host 192.0.2.9 any redirect Ethernet1/9
ipv6 access-list V6
  10 permit tcp 2001:db8::/32 any eq 22
  20 deny ipv6 any any log
mac access-list M
  10 permit any any
object-group ip address MGMT
  10 host 192.0.2.1
  20 192.0.2.64/26
  30 198.51.100.0 0.0.0.3
object-group ip port P
  10 eq 443
  20 range 1000 2000
aaa authentication login default group TAC
aaa authentication login console local
aaa authorization commands default group TAC local
aaa authorization ssh-publickey default local
aaa accounting default group TAC
aaa authentication login error-enable
no aaa user default-role
system login block-for 60 attempts 3 within 30
class-map type control-plane match-any copp-x
  match access-group name COPP
policy-map type control-plane copp-p
  class copp-x
    police cir 100 kbps bc 200 ms
control-plane
  service-policy input copp-p
copp profile moderate
snmp-server user bob network-operator auth sha 0x0123456789abcdef0123456789abcdef01234567 priv aes-128 0x0123456789abcdef0123456789abcdef01234567 localizedkey
snmp-server user clear network-operator auth md5 plainauth priv plainpriv
snmp-server user noauth network-operator
snmp-server host 192.0.2.30 traps version 3 priv bob udp-port 1162
snmp-server host 192.0.2.30 use-vrf management
snmp-server host 192.0.2.31 informs version 2c s3cr3t
snmp-server host 192.0.2.32 s3cr3t
snmp-server globalEnforcePriv
snmp-server enable traps
snmp-server community s3cr3t group network-operator
snmp-server community s3cr3t use-ipv4acl VTY
snmp-server community wr1te rw
snmp-server community li group lisnmp
rmon event 1 log trap public description FATAL(1) owner PMON@FATAL
ntp server 192.0.2.123 use-vrf management key 1
ntp peer 192.0.2.124
ntp source-interface mgmt0
ntp authenticate
ntp authentication-key 1 md5 wawy1234 7
ntp trusted-key 1
ntp access-group serve VTY
system default switchport shutdown
no ip source-route
ip source-route
no cdp enable
vlan 1,10
vlan access-map VM 10
  match ip address CORE
  action redirect Ethernet1/10
vlan filter VM vlan-list 10
ip prefix-list PL seq 5 permit 10.0.0.0/8 ge 16 le 24
ip prefix-list PL description foo
ip route 10.9.0.0/16 Null0
ip route 0.0.0.0/0 mgmt0 192.0.2.254 name up 5
ip route 10.8.0.0/16 192.0.2.99 vrf BLUE
ipv6 route 2001:db8:9::/48 2001:db8::1
route-map PBR permit 10
  match ip address CORE
  set ip next-hop 198.51.100.66 198.51.100.67
route-map PBR permit 20
  set vrf BLUE
  set interface null0
route-map IN permit 10
  match community CL
  set ip next-hop 203.0.113.66
  set local-preference 200
ip community-list standard CL permit 65000:666
key chain KC
  key 1
    key-string 7 070c285f4d06
    cryptographic-algorithm HMAC-SHA-256
  key 2
    key-string 0 keyplain
vrf context BLUE
  rd 65000:1
  ip route 10.7.0.0/16 192.0.2.77
  ip name-server 192.0.2.55
  address-family ipv4 unicast
    route-target import 65000:1
vrf context management
  ip route 0.0.0.0/0 192.0.2.254
port-profile type ethernet CUST
  ip access-group CORE in
  no ip redirects
  state enabled
flow exporter EXP
  destination 198.51.100.5 use-vrf management
  transport udp 2055
  source mgmt0
  version 9
flow record R
  match ipv4 source address
flow monitor MON
  record R
  exporter EXP
sampler S
  mode 1 out-of 1000
sflow collector-ip 198.51.100.6 vrf management
sflow collector-port 6343
sflow data-source interface Ethernet1/1
monitor session 3 type erspan-source
  erspan-id 3
  vrf default
  destination ip 203.0.113.9
  source interface Ethernet1/1 both
  filter access-group CORE
  no shut
monitor session 4
  source vlan 10
  destination interface sup-eth0
monitor erspan origin ip-address 192.0.2.1 global

interface Vlan10
  no shutdown
  vrf member BLUE
  ip address 10.10.0.1/24
  ip address 10.11.0.1/24 secondary
  ipv6 address 2001:db8:10::1/64
  no ip redirects
  ip verify unicast source reachable-via rx
  ip router ospf 1 area 0.0.0.0
  ip ospf authentication message-digest
  ip ospf message-digest-key 1 md5 3 yJmVEaLUb8k=
  ip pim sparse-mode
  ip pim hello-authentication ah-md5 3 abc123
  hsrp 10
    authentication md5 key-string 7 0822455D0A16
    ip 10.10.0.254
  vrrp 20
    authentication text vrrpsec
    address 10.10.0.253
    no shutdown
  ip nat inside

interface nve1
  no shutdown
  host-reachability protocol bgp
  source-interface loopback0
  member vni 100777 associate-vrf
  member vni 5000
    ingress-replication protocol static
      peer-ip 203.0.113.200
  member vni 5001
    mcast-group 239.1.1.1

interface Ethernet1/1
  inherit port-profile CUST
  no switchport
  ip policy route-map PBR
  ip flow monitor MON input
  ip access-group NOPE out
  ip address 198.51.100.1/30
  no lldp transmit
  no shutdown

interface Ethernet1/2
  description ## core ##
  switchport mode trunk
  switchport trunk native vlan 99
  switchport trunk allowed vlan 1-5
  switchport trunk allowed vlan add 7
  switchport monitor
  no cdp enable

interface Ethernet1/3
  mode tap-aggregation

interface Tunnel7
  ip address 172.16.0.1/30
  tunnel source loopback0
  tunnel destination 203.0.113.77
  tunnel use-vrf BLUE
  no shutdown

interface mgmt0
  vrf member management
  ip address 192.0.2.2/24
cli alias name wr copy running-config startup-config
line console
  exec-timeout 0
line vty
  exec-timeout 15
  absolute-timeout 60
  session-limit 16
  access-class VTY in
  ipv6 access-class V6 in
boot nxos bootflash:/nxos64-cs.10.3.9.M.bin
boot poap enable
router ospf 1
  router-id 192.0.2.1
  area 0.0.0.1 authentication message-digest
  passive-interface default
router bgp 65000
  router-id 192.0.2.1
  address-family ipv4 unicast
    network 10.0.0.0/8
  template peer-session SESS
    password 3 bgp3des
    ttl-security hops 1
  template peer-policy POL
    route-map IN in
    maximum-prefix 100
  template peer PEER
    inherit peer-session SESS
    address-family ipv4 unicast
      inherit peer-policy POL 10
  neighbor 198.51.100.2
    inherit peer PEER
    remote-as 65001
    description upstream
  neighbor 198.51.100.0/24
    remote-as 65002
    password 7 0822455D0A16
    no password
    shutdown
  vrf BLUE
    local-as 65100
    neighbor 10.1.1.1 remote-as 65003
      ebgp-multihop 3
      address-family ipv4 unicast
        prefix-list PL in
        route-map GONE out
event manager applet HIDE
  event cli match "show users"
  action 1.0 syslog msg hi
event manager applet X
  event syslog pattern "login"
  action 1.0 cli no logging server 192.0.2.40
  action 2.0 cli copy bootflash:x tftp://203.0.113.3/x vrf management
  action 3.0 event-default
scheduler aaa-authentication username ops password 7 abc
scheduler job name nightly
copy running-config tftp://203.0.113.3/cfg vrf management
python bootflash:x.py
end-job
scheduler schedule name S1
  job name nightly
  time daily 01:00
telemetry
  certificate /bootflash/t.pem tele.example.net
  destination-profile
    use-vrf management
  destination-group 1
    ip address 203.0.113.50 port 50051 protocol gRPC encoding GPB
  sensor-group 1
    path sys/intf depth 0
  subscription 1
    dst-grp 1
    snsr-grp 1 sample-interval 30000
callhome
  email-contact noc@example.net
  transport email smtp-server 192.0.2.25 port 25 use-vrf management
  enable
nxapi http port 8080
nxapi use-vrf management
nxapi ssl protocols TLSv1.2
grpc port 50052
grpc certificate gtp
ip nat inside source static tcp 10.1.1.1 22 198.51.100.100 2222
ip nat inside source list CORE interface Ethernet1/1 overload
mpls ldp configuration
  neighbor 192.0.2.8 password 7 0822455D0A16
  session protection
logging server 192.0.2.40 4 port 6514 secure trustpoint client-identity T use-vrf management facility local7
logging server 192.0.2.41
logging logfile messages 6 size 4194304
logging level aaa 0
no logging monitor
"""
