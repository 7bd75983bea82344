"""A provider edge with every topic in it, in the form that `show running-config` prints."""

EDGE = """\
RP/0/RP0/CPU0:pe1#show running-config
Thu Nov 26 10:11:12.345 UTC
Building configuration...
!! IOS XR Configuration 7.5.2
!! Last configuration change at Thu Nov 26 09:00:00 2026 by noc
!
hostname pe1
group ISIS-LINKS
 router isis '.*'
  interface 'TenGigE0/0/0/[0-9]+'
   hello-password hmac-md5 encrypted 0822455D0A16
  !
 !
 interface 'TenGigE.*'
  ipv4 access-group EDGE-IN ingress
 !
end-group
banner motd ^C
Keep out
 username fake
 secret 0 notreal
^C
logging trap notifications
logging 192.0.2.40 vrf MGMT severity info port 5514
logging 192.0.2.41
logging tls-server T1
 severity debugging
 vrf MGMT
 address ipv4 192.0.2.42
!
logging suppress rule QUIET
 alarm SECURITY LOGIN AUTHEN_FAILED
!
logging suppress apply rule QUIET
 all-of-router
!
logging console disable
logging buffered informational
service timestamps log datetime msec
domain name example.net
domain vrf MGMT name-server 192.0.2.53
domain lookup disable
tacacs-server host 192.0.2.49 port 49
 key 7 0822455D0A16
 single-connection
!
tacacs-server key 7 094F471A1A0A
radius-server host 192.0.2.50 auth-port 1812 acct-port 1813
 key 7 0822455D0A16
!
username admin
 group root-lr
 secret 10 $6$abc$defghijklmnopqrstuvwxyz
!
username old
 group operator
 password 7 0822455D0A16
!
username plain
 group priv
 secret Un1queCleartext
!
taskgroup ops
 task read bgp
 task write config-mgmt
 inherit taskgroup netadmin
!
taskgroup LI
 task write li
!
usergroup priv
 taskgroup root-lr
!
aaa group server tacacs+ TAC
 server 192.0.2.49
 server-private 192.0.2.51 port 4949
  key 7 0822455D0A16
 !
 vrf MGMT
!
aaa authentication login default group TAC local
aaa authentication login CON line none
aaa authorization exec default group TAC local
aaa accounting commands default start-stop broadcast group TAC group OTHER
aaa server radius dynamic-author
 client 192.0.2.60 vrf MGMT
  server-key 7 0822455D0A16
 !
!
aaa intercept
aaa default-taskgroup root-lr
aaa password-policy STRICT
 min-length 12
 authen-max-attempts 3
!
snmp-server community Un1que RO IPv4 MGMT
snmp-server community encrypted 0822455D0A16 view ALL RW SystemOwner IPv6 MGMT6
snmp-server view ALL iso included
snmp-server view TAP ciscoTap2MIB included
snmp-server group LIG v3 priv read TAP write TAP IPv4 MGMT
snmp-server user med LIG v3 auth sha encrypted 0822455D0A16 priv aes 128 encrypted 094F471A1A0A IPv4 MGMT
snmp-server host 192.0.2.20 traps version 2c encrypted 0822455D0A16 udp-port 1162
snmp-server host 192.0.2.21 informs version 3 priv med
snmp-server vrf MGMT
 host 192.0.2.22 traps version 2c Un2que
!
snmp-server traps snmp authentication
telnet vrf MGMT ipv4 server max-servers 5 access-list MGMT
cdp
lldp
!
vrf CUST
 address-family ipv4 unicast
  import route-target
   65000:1
  !
 !
!
vrf MGMT
 address-family ipv4 unicast
 !
!
line template VTY
 exec-timeout 5 0
 access-class ingress MGMT
 transport input ssh
 transport output none
!
line console
 login authentication CON
 password 7 0822455D0A16
!
line default
 transport input ssh telnet
!
vty-pool default 0 9 line-template VTY
vty-pool second 10 14
control-plane
 management-plane
  inband
   interface Loopback0
    allow SSH peer
     address ipv4 192.0.2.0/24
    !
    allow SNMP
   !
  !
  out-of-band
   interface MgmtEth0/RP0/CPU0/0
    allow all peer
     address ipv4 198.51.100.0/24
    !
   !
  !
 !
!
ntp
 authentication-key 1 md5 encrypted 0822455D0A16
 authenticate
 trusted-key 1
 server vrf MGMT 192.0.2.123 key 1
 server 192.0.2.124
 access-group ipv4 serve MGMT
!
object-group network ipv4 NMS
 192.0.2.16/28
 host 192.0.2.99
!
ipv4 access-list MGMT
 10 remark permit ipv4 any any
 20 permit tcp net-group NMS any eq ssh
 30 permit tcp 192.0.2.0 0.0.0.255 any
 40 deny ipv4 any any log
!
ipv4 access-list EDGE-IN
 10 permit tcp any any established
 20 permit udp host 203.0.113.7 any eq 2152
 30 permit ipv4 host 203.0.113.8 any nexthop1 vrf CUST ipv4 198.51.100.77
 40 permit tcp any any capture
!
ipv6 access-list MGMT6
 10 permit ipv6 2001:db8::/64 any
!
class-map type traffic match-all HTTP
 match access-group ipv4 EDGE-IN
 end-class-map
!
policy-map type pbr DIVERT
 class type traffic HTTP
  redirect ipv4 nexthop 198.51.100.78
 !
 class type traffic class-default
 !
 end-policy-map
!
monitor-session TAP1 ethernet
 destination next-hop ipv4 203.0.113.50 vrf CUST
!
flow exporter-map EXP
 version v9
 transport udp 2055
 destination 192.0.2.70 vrf MGMT
!
flow monitor-map MON
 exporter EXP
!
sampler-map SAM
 random 1 out-of 1000
!
call-home
 service active
 profile CiscoTAC-1
  active
  destination address http https://tools.example.net/its
  destination transport-method http
 !
!
telemetry model-driven
 destination-group DG
  address-family ipv4 192.0.2.71 port 57500
   encoding self-describing-gpb
   protocol grpc no-tls
  !
 !
 subscription SUB
  destination-id DG
 !
!
grpc
 port 57400
 vrf MGMT
 no-tls
 tunnel
  destination 192.0.2.72 port 4000
  !
 !
!
netconf-yang agent
 ssh
!
event manager policy watch.tcl username admin checksum sha-1 0123456789abcdef
script precommit check.py checksum sha256 0123456789abcdef
alias ll show log
appmgr
 application tap
  activate type docker source img docker-run-opts "--net=host --privileged" docker-run-cmd "sh" monitor-session TAP1
 !
!
interface Loopback0
 ipv4 address 192.0.2.1 255.255.255.255
 ipv6 address 2001:db8::1/128
!
interface MgmtEth0/RP0/CPU0/0
 vrf MGMT
 ipv4 address 198.51.100.1 255.255.255.0
!
interface TenGigE0/0/0/0
 description core !!! do not touch
 ipv4 address 10.0.0.1 255.255.255.252
 monitor-session TAP1 ethernet direction rx-only
  acl
 !
 flow ipv4 monitor MON sampler SAM ingress
!
interface TenGigE0/0/0/1
 vrf CUST
 ipv4 address 10.0.1.1 255.255.255.0
 ipv4 address 10.0.2.1 255.255.255.0 secondary
 ipv4 verify unicast source reachable-via rx
 ipv4 unreachables disable
 proxy-arp
 service-policy type pbr input DIVERT
 shutdown
!
interface tunnel-ip1
 ipv4 address 10.255.0.1 255.255.255.252
 tunnel mode gre ipv4
 tunnel source Loopback0
 tunnel destination 203.0.113.99
!
prefix-set DIVERTED
  203.0.113.0/24 ge 25 le 32,
  198.51.100.9/32
end-set
!
community-set SCRUB
  65000:666,
  65000:667
end-set
!
route-policy CUST-IN($as)
  # set next-hop 9.9.9.9
  if community matches-any SCRUB and destination in DIVERTED then
    set next-hop 203.0.113.66
  elseif community matches-any (65000:999) then
    set next-hop discard
  endif
  pass
end-policy
!
route-policy OUTER
  apply CUST-IN(64500)
end-policy
!
router static
 address-family ipv4 unicast
  0.0.0.0/0 198.51.100.254
  203.0.113.66/32 Null0
 !
 vrf CUST
  address-family ipv4 unicast
   198.51.100.0/24 vrf default 10.0.0.2 description leak to core
   10.9.0.0/16 TenGigE0/0/0/1 10.0.1.2
  !
 !
!
router ospf 1
 authentication message-digest keychain KC
 area 0
  interface TenGigE0/0/0/0
   passive enable
  !
 !
 area 1
  authentication null
  interface TenGigE0/0/0/1
  !
 !
!
router isis core
 apply-group ISIS-LINKS
 lsp-password text encrypted 0822455D0A16
 interface TenGigE0/0/0/0
  point-to-point
 !
 interface Loopback0
  passive
 !
!
router hsrp
 interface TenGigE0/0/0/1
  address-family ipv4
   hsrp 1
    authentication Un3que
    address 10.0.1.254
   !
  !
 !
!
key chain KC
 key 1
  accept-lifetime 00:00:00 january 01 2020 infinite
  key-string password 0822455D0A16
  cryptographic-algorithm HMAC-SHA-256
 !
!
router bgp 65000
 bgp router-id 192.0.2.1
 rpki server 192.0.2.80
  transport tcp port 3323
 !
 address-family ipv4 unicast
  redistribute connected route-policy OUTER
 !
 session-group AUTH
  password encrypted 0822455D0A16
  ttl-security
 !
 af-group V4 address-family ipv4 unicast
  route-policy OUTER in
  maximum-prefix 1000 80
 !
 neighbor-group EBGP
  remote-as 64999
  use session-group AUTH
  address-family ipv4 unicast
   use af-group V4
   route-policy PASS out
  !
 !
 neighbor 203.0.113.1
  use neighbor-group EBGP
  description transit
 !
 neighbor 203.0.113.2
  remote-as 64998
  use neighbor-group EBGP
  password inheritance-disable
  shutdown
 !
 vrf CUST
  rd 65000:1
  neighbor 10.0.1.0/24
   remote-as 64501
   ebgp-multihop 2
   keychain KC
   address-family ipv4 unicast
    route-policy CUST-IN(64500) in
   !
  !
 !
!
mpls ldp
 neighbor
  password encrypted 0822455D0A16
  192.0.2.9:0 password disable
 !
 interface TenGigE0/0/0/0
 !
!
l2vpn
 xconnect group XG
  p2p one
   interface TenGigE0/0/0/2.10
   neighbor ipv4 203.0.113.5 pw-id 77
   !
  !
 !
 bridge group BG
  bridge-domain BD
   interface TenGigE0/0/0/2.20
   !
   vfi V
    neighbor 203.0.113.6 pw-id 88
    !
   !
  !
 !
!
flowspec
 address-family ipv4
  local-install interface-all
 !
!
keyring KR
 peer P1
  address 0.0.0.0 0.0.0.0
  pre-shared-key encrypted 0822455D0A16
 !
!
ssh server v2
ssh server port-forwarding local
ssh server backup port 11022 vrf CUST
ssh server username admin keystring "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ== noc@example"
ssh server vrf MGMT ipv4 access-list MGMT ipv6 access-list MISSING6
ssh server netconf vrf MGMT ipv4 access-list MGMT
ssh server algorithms cipher aes256-ctr
tftp vrf MGMT ipv4 server homedir disk0: access-list MGMT
xml agent ssl
end
RP/0/RP0/CPU0:pe1#exit
"""
