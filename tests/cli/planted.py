"""Configurations with a secret in every position that a platform has for one.

A mark such as `§P` becomes a value of that form with a core that occurs nowhere else: `Pl4n017t`, in digits of type 7
and keys `DEAD0017BEEF`.
"""

from __future__ import annotations

import re

CORE = re.compile(r"Pl4n\d{3}t|DEAD\d{4}BEEF", re.IGNORECASE)
_MARK = re.compile(r"§([P0-9HBKQYDJ])")
_FORMS = {
    "P": "Pl4n{n:03}t",
    "0": "Pl4n{n:03}t!&x",
    "B": "Pl4n{n:03}t and Pl4n{n:03}t again",
    "Q": '"Pl4n{n:03}t with blanks"',
    "4": "Pl4n{n:03}txoAWbEeyQhVUQe1Pnyd9XgGmLVYqZ2hIqrTgh9PA",
    "5": "$1$Pl4n{n:03}t$Pl4n{n:03}tTnbMNmQ3dW6VE8T/.",
    "6": "Pl4n{n:03}t^VcDgAbiHBWZ]FL_bS`XRPl4n{n:03}t",
    "7": "08DEAD{n:04}BEEF1F",
    "8": "$8$Pl4n{n:03}tHt$Pl4n{n:03}tLASm2TqtDKHO5xosGhMk0f/jYVbLq2r2.ADsG6A",
    "9": "$9$Pl4n{n:03}tHt$Pl4n{n:03}tLASm2TqtDKHO5xosGhMk0f/jYVbLq2r2.ADsG6A",
    "H": "DEAD{n:04}BEEFDEAD{n:04}BEEF00112233",
    "K": "$6$Pl4n{n:03}t$Pl4n{n:03}tLASm2TqtDKHO5xosGhMk0f/jYVbLq2r2ADsG6A/x.",
    "Y": "$y$j9T$Pl4n{n:03}t$Pl4n{n:03}tLASm2TqtDKHO5xosGhMk0f/",
    "D": "Pl4n{n:03}tAbcde",
    "J": '"$9$Pl4n{n:03}t-Ds4Hmf/Pl4n{n:03}t"',
}


def planted(text: str) -> str:
    """The text with a value in place of every mark."""
    count = iter(range(1, 1000))
    return _MARK.sub(lambda mark: _FORMS[mark[1]].format(n=next(count)), text)


IOS = """Building configuration...

Current configuration : 9000 bytes
!
! Last configuration change at 11:02:19 UTC Wed May 22 2019 by drift
!
version 15.2
service timestamps log datetime msec
service password-encryption
!
hostname sw1
!
boot-start-marker
boot-end-marker
!
enable secret 5 §5
enable secret level 7 5 §5
enable secret 4 §4
enable secret 8 §8
enable secret 9 §9
enable password 7 §7
enable password level 5 §P
enable password 6 §6
enable password §B
enable algorithm-type scrypt secret §P
!
username u1 privilege 15 password 0 §P
username u2 password 7 §7
username u3 privilege 15 secret 5 §5
username u4 secret 9 §9
username u5 secret 4 §4
username u6 one-time password 0 §P
username u7 algorithm-type sha256 secret §P
username u8 common-criteria-policy PW secret 9 §9
username u9 password §B
username u10 privilege 15 password 0 §B
username u11 privilege 15 view NOC secret 8 §8
username u12 password 6 §6
username u13 secret §P
username u14 autocommand copy running-config ftp://u:§P@10.0.0.9/x
user-name u15
 privilege 15
 secret 9 §9
 type mgmt-user
!
aaa new-model
aaa group server tacacs+ NOC
 server-private 10.0.0.1 port 49 key 7 §7
 server-private 10.0.0.2 key §P
aaa group server radius RAD
 server-private 10.0.0.3 auth-port 1812 acct-port 1813 key 6 §6
aaa server radius dynamic-author
 client 10.0.0.4 server-key 7 §7
 client 10.0.0.5 vrf MGMT server-key §P
 server-key 0 §P
aaa local authentication attempts max-fail 3
!
parser view NOC
 secret 5 §5
 commands exec include show
parser view OPS
 secret §P
!
crypto pki trustpoint TP
 enrollment url http://u:§P@10.0.0.6/scep
 password 7 §7
 revocation-check none
crypto pki server CA
 database url ftp://10.0.0.6/ca
 database username ca password 7 §7
crypto keyring KR
 pre-shared-key address 10.0.0.7 key §P
 pre-shared-key address 10.0.0.8 255.255.255.0 key 6 §6
 pre-shared-key hostname h.example key §P
crypto isakmp key §P address 10.0.0.9
crypto isakmp key 6 §6 hostname vpn.example
crypto isakmp client configuration group G
 key §P
 dns 10.0.0.1
crypto isakmp peer address 10.0.0.9
 set aggressive-mode password §P
crypto ikev2 keyring K2
 peer a
  address 10.0.0.10
  pre-shared-key §P
  pre-shared-key local §P
  pre-shared-key remote 6 §6
  pre-shared-key 0 §P
  pre-shared-key hex §H
crypto ikev2 profile P2
 authentication local pre-share key §P
 authentication remote pre-share key 6 §6
 keyring local K2
crypto map CM 10 ipsec-manual
 set session-key inbound ah 256 §H
 set session-key outbound esp 257 cipher §H authenticator §H
crypto gdoi group GD
 identity number 1
!
key chain KC
 key 1
  key-string 7 §7
 key 2
  key-string §B
 key 3
  key-string 6 §6
key chain MACSEC macsec
 key 01
  cryptographic-algorithm aes-128-cmac
  key-string 7 §7
key config-key password-encrypt §P
!
archive
 path ftp://backup:§P@10.0.0.11/$h
archive
 path scp://backup:§P@[2001:db8::1]/$h
!
ip ftp username backup
ip ftp password 7 §7
ip ftp password §P
ip http client password 0 §P
ip http client username u
vtp password §P
ip ssh version 2
!
l2tp-class LC
 authentication
 password 7 §7
 digest secret 7 §7 hash md5
 digest secret 0 §P
vpdn-group V
 l2tp tunnel password 7 §7
!
dot1x credentials DC
 username sw1
 password 7 §7
eap profile EP
cts credentials id sw1 password 7 §7
cts sxp default password 7 §7
cts sxp connection peer 10.0.0.12 password default mode local
mab request format attribute 2 7 §7
identity profile default
!
policy-map type control subscriber BNG
 class type control always event session-start
  1 authorize aaa list L password §P identifier mac-address
!
interface Tunnel1
 ip nhrp authentication §P
 tunnel source Vlan10
 tunnel destination 10.0.0.13
interface Vlan10
 ip address 10.0.0.1 255.255.255.0
 ip ospf authentication-key 7 §7
 ip ospf authentication-key §P
 ip ospf message-digest-key 1 md5 7 §7
 ip ospf message-digest-key 2 md5 §P
 ipv6 ospf authentication ipsec spi 256 md5 7 §7
 ipv6 ospf authentication ipsec spi 257 sha1 §H
 ospfv3 encryption ipsec spi 258 esp aes-cbc 128 7 §7 sha1 7 §7
 ipv6 ospf encryption ipsec spi 259 esp null md5 §H
 isis password §P level-2
 isis password §P
 ip rsvp authentication key §P
 standby 1 authentication §P
 standby 1 authentication text §P
 standby 1 authentication md5 key-string 7 §7
 standby 2 authentication md5 key-string §P timeout 30
 standby authentication §P
 vrrp 1 authentication text §P
 vrrp 2 authentication §P
 vrrp 3 authentication md5 key-string 7 §7
 glbp 1 authentication text §P
 glbp 1 authentication md5 key-string §P
 ppp chap hostname me
 ppp chap password 7 §7
 ppp chap password §P
 ppp pap sent-username me password 7 §7
 ppp eap password 7 §7
 ppp pap sent-username me password 0 §P
 description wan, password=§P, see ticket
!
interface Dot11Radio0
 dot11 ssid X
  wpa-psk ascii 7 §7
  wpa-psk ascii 0 §P
  security wpa psk set-key ascii 0 §P
 encryption key 1 size 128bit 7 §7 transmit-key
!
router eigrp NAMED
 address-family ipv4 unicast autonomous-system 1
  af-interface Vlan10
   authentication mode hmac-sha-256 7 §7
   authentication mode hmac-sha-256 §P
  exit-af-interface
 exit-address-family
router ospf 1
 area 1 virtual-link 10.0.0.14 authentication-key 7 §7
 area 1 virtual-link 10.0.0.15 message-digest-key 1 md5 §P
 area 2 sham-link 10.0.0.1 10.0.0.2 message-digest-key 1 md5 7 §7
 area 0 authentication ipsec spi 300 md5 §H
 area 0 encryption ipsec spi 301 esp 3des §H md5 §H
router isis
 area-password §P
 domain-password §P authenticate snp validate
router bgp 64500
 neighbor 10.0.0.16 remote-as 64500
 neighbor 10.0.0.16 password 7 §7
 neighbor PEERS password §B
 template peer-session S
  password 7 §7
 address-family ipv4 vrf X
  neighbor 10.0.0.17 password §P
 exit-address-family
!
mpls ldp neighbor 10.0.0.18 password 7 §7
mpls ldp neighbor vrf X 10.0.0.18 password §P
mpls ldp password option 1 for LDP-PEERS 7 §7
mpls ldp password fallback 7 §7
mpls ldp vrf X password fallback §P
mpls ldp password required
ip msdp password peer 10.0.0.19 7 §7
ip msdp password peer 10.0.0.20 §P
ip wccp web-cache password 7 §7
ip wccp 61 group-list W password §P
!
no ip http server
no ip http secure-server
ip access-list standard MGMT
 remark old pw: §P
 remark password §P
 permit 10.255.0.5
!
logging host 10.255.0.41
kron policy-list K
 cli copy running-config ftp://kron:§P@10.0.0.21/x
ip sla 1
 http get http://probe:§P@10.0.0.22/
rmon event 1 log trap §P description "x" owner config
!
snmp-server community §P RO
snmp-server community 7 §7 RO
snmp-server community §P view V RW ipv6 A6 10
snmp-server community §Q RO 10
snmp-server community §P
snmp-server host 10.255.0.31 §P
snmp-server host 10.255.0.31 version 2c §P
snmp-server host 10.255.0.31 vrf MGMT version 2c §P udp-port 162 config
snmp-server host 10.255.0.31 informs version 2c §P
snmp-server host 10.255.0.31 traps version 1 §P snmp
snmp-server host 10.255.0.31 informs vrf MGMT version 2c 7 §7
snmp-server user u1 G v3 auth sha §P priv aes 128 §P
snmp-server user u2 G v3 encrypted auth md5 §H priv des §H
snmp-server user u3 G remote 10.0.0.23 v3 auth sha §P
snmp-server user u4 G v3 auth sha-2 256 §P priv 3des §P access 10
snmp mib community-map §P context c engineid 8000
tacacs-server host 10.0.0.24 port 49 timeout 3 key 7 §7
tacacs-server host 10.0.0.25 single-connection key §B
tacacs-server key 7 §7
tacacs-server key §P
radius-server host 10.0.0.26 auth-port 1812 acct-port 1813 key 7 §7
radius-server host 10.0.0.27 auth-port 1812 pac key 7 §7
radius-server host 10.0.0.28 test username probe key §P
radius-server key 0 §P
tacacs server T1
 address ipv4 10.0.0.29
 key 7 §7
tacacs server T2
 key §P
tacacs server T3
 key 6 §6
radius server R1
 address ipv4 10.0.0.30 auth-port 1812 acct-port 1813
 key 7 §7
 pac key 7 §7
radius server R2
 key §B
ldap server L1
 bind authenticate root-dn cn=admin,dc=x password 7 §7
!
event manager environment _password §P
event manager environment _ftp_url ftp://eem:§P@10.0.0.31/
event manager applet A
 event none
 action 1.0 cli command "username x privilege 15 secret §P"
 action 2.0 cli command "copy running-config ftp://u:§P@10.0.0.32/x"
 action 3.0 mail server "mail:§P@10.0.0.33" to "a@example" from "b@example" subject "s"
 action 4.0 cli command "snmp-server community §P RW"
 action 5.0 cli command "enable" pattern "Password"
call-home
 mail-server cm:§P@10.0.0.34 priority 1
 http-proxy "proxy" port 8080
menu M command 1 telnet 10.0.0.1 password=§P
netconf-yang cisco-ia snmp-community-string §P
cns password §P
sip-ua
 authentication username u password 7 §7 realm r
 credentials username u password 7 §7 realm r
telephony-service
 web admin system name a password §P
 web admin system name b secret 5 §5
 xml user u password §P 15
ephone 1
 username "u" password §P
!
banner motd ^C
 Console password: §P
 community = §P
^C
!
line con 0
 password 7 §7
line aux 0
 password §B
line vty 0 4
 access-class MGMT in
 password 0 §P
 login local
 transport input ssh
!
ntp authentication-key 1 md5 §7 7
ntp authentication-key 10 hmac-sha2-256 §7 7
ntp authentication-key 11 md5 §P
!
end
"""

IOSXE = IOS.replace("version 15.2\n", "version 17.3\nplatform console serial\n")

JUNOS = """## Last commit: 2026-11-20 08:00:00 UTC by drift
version 21.4R3.15;
groups {
    G {
        system {
            tacplus-server {
                10.0.0.3 secret §P timeout 3;
            }
        }
    }
}
system {
    host-name mx1;
    root-authentication {
        encrypted-password "§K"; ## SECRET-DATA
    }
    boot-loader-authentication {
        encrypted-password "§K"; ## SECRET-DATA
    }
    diag-port-authentication {
        encrypted-password "§5";
    }
    pic-console-authentication {
        encrypted-password "§D";
    }
    radius-server {
        10.0.0.1 {
            secret §J; ## SECRET-DATA
            accounting-secret §J;
        }
        10.0.0.2 secret §P;
    }
    tacplus-server {
        10.0.0.4 {
            secret "§P";
            single-connection;
        }
    }
    accounting {
        destination {
            tacplus {
                server {
                    10.0.0.5 {
                        secret §J;
                    }
                }
            }
            radius {
                server {
                    10.0.0.6 secret §J;
                }
            }
        }
    }
    radius-options {
        attributes;
    }
    login {
        message "password: §P";
        user drift {
            class super-user;
            authentication {
                encrypted-password "§K"; ## SECRET-DATA
                plain-text-password-value "§P";
            }
        }
    }
    services {
        ssh;
        outbound-ssh {
            client c {
                device-id x;
                secret §J; ## SECRET-DATA
                servers 10.0.0.7 port 443;
            }
        }
        outbound-https {
            client h {
                secret §J;
            }
        }
        extension-service {
            remote-telemetry-service {
                host 10.0.0.8 user u password §P;
            }
        }
        dynamic-dns {
            client d {
                password §J;
            }
        }
        webapi {
            user a password §J;
        }
    }
    archival {
        configuration {
            transfer-on-commit;
            archive-sites {
                "ftp://backup:§P@10.0.0.9/";
                "scp://backup@10.0.0.10/" password §J; ## SECRET-DATA
                "sftp://backup@10.0.0.11/" password "§P";
            }
        }
    }
    ntp {
        authentication-key 1 type md5 value §J; ## SECRET-DATA
        authentication-key 2 type sha256 value "§P";
    }
    license {
        keys {
            key "§P";
        }
    }
    syslog {
        host 10.255.0.41 {
            any info;
        }
    }
    master-password {
        plain-text-password §P;
    }
}
chassis {
    fpc 0;
}
security {
    ike {
        policy p {
            pre-shared-key ascii-text §J; ## SECRET-DATA
        }
        policy q {
            pre-shared-key hexadecimal §H;
        }
        policy r {
            pre-shared-key ascii-text "§P";
        }
    }
    ipsec {
        security-association sa {
            manual {
                direction bidirectional {
                    authentication {
                        algorithm hmac-sha1-96;
                        key ascii-text §J; ## SECRET-DATA
                    }
                    encryption {
                        algorithm des-cbc;
                        key hexadecimal §H;
                    }
                }
            }
        }
    }
    authentication-key-chains {
        key-chain k {
            key 1 {
                secret §J; ## SECRET-DATA
                start-time "2026-1-1.00:00:00 +0000";
            }
        }
    }
    macsec {
        connectivity-association ca {
            pre-shared-key {
                ckn 37c9c2c45ddd012aa5bc8ef284aa23ff6729ee2e4acb66e91fe34ba2cd9fe311;
                cak §J; ## SECRET-DATA
            }
        }
    }
    pki {
        ca-profile c {
            enrollment {
                url "http://u:§P@10.0.0.12/";
            }
        }
        auto-re-enrollment {
            certificate-id x {
                challenge-password §J;
            }
        }
    }
    certificates {
        local {
            x {
                "-----BEGIN RSA PRIVATE KEY-----\\n§P\\n-----END RSA PRIVATE KEY-----\\n"; ## SECRET-DATA
            }
        }
    }
    group-vpn {
        member {
            ike {
                policy g {
                    pre-shared-key ascii-text §J;
                }
            }
        }
    }
    dynamic-vpn {
        access-profile x;
    }
    unheard-of §J; ## SECRET-DATA
}
snmp {
    location here;
    community §P {
        authorization read-only;
    }
    community "§P blank" {
        authorization read-write;
    }
    inactive: community §P {
        authorization read-only;
    }
    trap-group NOC {
        targets {
            10.255.0.31;
        }
    }
    v3 {
        usm {
            local-engine {
                user u {
                    authentication-sha {
                        authentication-key §J; ## SECRET-DATA
                    }
                    privacy-aes128 {
                        privacy-key §J; ## SECRET-DATA
                    }
                }
                user v {
                    authentication-sha256 {
                        authentication-password "§P";
                    }
                    privacy-aes128 {
                        privacy-password "§P";
                    }
                }
            }
            remote-engine 8000 {
                user w {
                    authentication-md5 {
                        authentication-key §J;
                    }
                }
            }
        }
        snmp-community i {
            community-name §J; ## SECRET-DATA
            security-name s;
        }
        snmp-community j {
            community-name "§P";
        }
    }
}
access {
    radius-server {
        10.0.0.13 {
            secret §J;
        }
    }
    profile p {
        client c chap-secret §J; ## SECRET-DATA
        client d pap-password §J;
        client e {
            ike {
                pre-shared-key ascii-text §J;
            }
        }
        client f {
            firewall-user {
                password §J; ## SECRET-DATA
            }
        }
        radius-server {
            10.0.0.14 secret §J;
        }
        ldap-options {
            search {
                admin-search {
                    distinguished-name cn=x;
                    password §J;
                }
            }
        }
    }
    ppp-options;
}
interfaces {
    pp0 {
        unit 0 {
            ppp-options {
                chap {
                    default-chap-secret §J;
                    local-name me;
                }
                pap {
                    local-name me;
                    local-password §J;
                    default-password "§P";
                }
            }
        }
    }
    ge-0/0/0 {
        description "uplink, password: §P";
        unit 0 {
            family inet {
                address 10.0.0.1/30 {
                    vrrp-group 1 {
                        authentication-type md5;
                        authentication-key §J; ## SECRET-DATA
                    }
                    vrrp-group 2 {
                        authentication-key "§P";
                    }
                }
            }
        }
    }
}
protocols {
    bgp {
        group g {
            authentication-key §J; ## SECRET-DATA
            neighbor 10.0.0.2 {
                authentication-key "§P";
            }
        }
    }
    ospf {
        area 0.0.0.0 {
            interface ge-0/0/0.0 {
                authentication {
                    md5 1 key §J; ## SECRET-DATA
                    md5 2 {
                        key §J;
                    }
                }
            }
            interface ge-0/0/1.0 {
                authentication {
                    simple-password §J; ## SECRET-DATA
                }
            }
            virtual-link neighbor-id 10.0.0.3 transit-area 0.0.0.1 {
                authentication {
                    simple-password "§P";
                }
            }
        }
    }
    isis {
        level 2 {
            authentication-key §J; ## SECRET-DATA
            authentication-type md5;
        }
        interface ge-0/0/0.0 {
            level 2 {
                hello-authentication-key §J; ## SECRET-DATA
            }
        }
    }
    ldp {
        session 10.0.0.4 {
            authentication-key §J; ## SECRET-DATA
        }
    }
    rsvp {
        interface ge-0/0/0.0 {
            authentication-key §J; ## SECRET-DATA
        }
    }
    msdp {
        peer 10.0.0.5 {
            authentication-key §J;
        }
    }
    rip {
        authentication-key §J;
        group r {
            neighbor ge-0/0/0.0 {
                authentication-key "§P";
            }
        }
    }
    bfd {
        authentication {
            key §J;
        }
    }
    pcep {
        pce x {
            authentication-key §J;
        }
    }
    l2circuit;
}
event-options {
    policy P {
        events ui_commit;
        then {
            change-configuration {
                commands {
                    "set snmp community §P";
                    "set system login user x authentication plain-text-password-value §P";
                    "set system root-authentication encrypted-password '§K'";
                }
            }
            upload filename x destination d;
        }
    }
    destinations {
        d {
            archive-sites {
                "scp://u@10.0.0.15/" password §J; ## SECRET-DATA
            }
        }
    }
}
"""


def flat(curly: str) -> str:
    """A Junos configuration as `set` lines."""
    path: list[str] = []
    lines = []
    for raw in curly.split("\n"):
        line = raw.split("## ")[0].strip()
        if line.endswith("{"):
            path.append(line[:-1].strip())
        elif line == "}":
            path.pop()
        elif line:
            lines.append(" ".join(["set", *(part for part in path if part != "inactive:"), line.rstrip(";")]))
    return "\n".join(lines).replace("inactive: ", "") + "\n"


FRR = """Building configuration...

Current configuration:
!
frr version 8.4.4
frr defaults traditional
hostname rr1
log syslog informational
password §P
enable password §P
password 8 §D
enable password 8 §D
service integrated-vtysh-config
!
key chain KC
 key 1
  key-string §P
 exit
 key 2
  key-string §B
 exit
exit
!
interface eth0
 description uplink, password=§P
 ip ospf authentication-key §P
 ip ospf message-digest-key 1 md5 §P
 ip ospf authentication message-digest
 ipv6 ospf6 authentication key-id 1 hash-algo hmac-sha-256 key §P
 ip rip authentication string §P
 isis password clear §P
 isis password md5 §P
 openfabric password md5 §P
 ip nhrp authentication §P
exit
!
router bgp 64500
 neighbor 10.0.0.1 remote-as 64500
 neighbor 10.0.0.1 password §P
 neighbor PEERS password §B
 address-family ipv4 unicast
 exit-address-family
exit
!
router ospf
 area 1 virtual-link 10.0.0.2 authentication-key §P
 area 1 virtual-link 10.0.0.3 message-digest-key 1 md5 §P
 area 1 virtual-link 10.0.0.4 authentication message-digest message-digest-key 2 md5 §P
exit
!
router isis X
 area-password clear §P
 domain-password md5 §P authenticate snp validate
exit
!
router openfabric Y
 domain-password md5 §P
exit
!
mpls ldp
 neighbor 10.0.0.5 password §P
exit
!
router pim
 msdp peer 10.0.0.6 password §P
exit
!
segment-routing
 traffic-eng
  pcep
   pce P1
    address ip 10.0.0.7
    tcp-md5-auth §P
   exit
   pce-config C
    tcp-md5-auth §P
   exit
  exit
 exit
exit
!
banner motd line Console password: §P
!
line vty
exit
!
end
"""

FRR_FILES = {
    "/etc/frr/daemons": 'zebra=yes\nbgpd=yes\nvtysh_enable=yes\nbgpd_options="-A 127.0.0.1"\n# token=§P\n',
    "/etc/frr/vtysh.conf": "service integrated-vtysh-config\nhostname rr1\nusername root nopassword\npassword §P\n",
    "/etc/ssh/sshd_config": "Port 22\nPermitRootLogin no\n# root password: §P\nBanner /etc/issue.net\n",
    "/etc/passwd": "root:§K:0:0:root:/root:/bin/bash\nold:§D:1000:1000::/home/old:/bin/sh\nnew:§Y:1001:1001::/:/bin/sh\n",
    "/etc/group": "root:x:0:\nstaff:§K:50:a\n",
    "/etc/rsyslog.conf": (
        "*.* @10.255.0.41\n"
        'action(type="ommysql" server="h" db="Syslog" uid="u" pwd="§P")\n'
        'action(type="omelasticsearch" server="h" uid="u" pwd="§P")\n'
        "*.* :ommysql:h,Syslog,u,§P\n"
        'action(type="omhttp" server="http://u:§P@h/")\n'
    ),
    "/etc/snmp/snmpd.conf": (
        "rocommunity §P 10.255.0.31\n"
        "rwcommunity6 §Q default\n"
        "com2sec readers default §P\n"
        "com2sec6 -Cn ctx readers default §P\n"
        "trapcommunity §P\n"
        "trap2sink 10.255.0.31 §P 162\n"
        "trapsink 10.255.0.31 §P\n"
        "informsink 10.255.0.31 §P\n"
        "authcommunity log,execute §P\n"
        "createUser u SHA §Q AES §P\n"
        "createUser -e 0x80 u MD5 §P DES\n"
        "usmUser 1 3 0x80 0x61 0x61 NULL .1.3.6.1.6.3.10.1.1.3 0x§H .1.3.6.1.6.3.10.1.2.4 0x§H 0x\n"
        "defAuthPassphrase §P\n"
        "defPrivPassphrase §P\n"
        "trapsess -v 3 -u u -a SHA -A §P -x AES -X §P 10.255.0.31\n"
        "trapsess -v 2c -c §P 10.255.0.31\n"
        "proxy -v 1 -c §P 10.0.0.8 .1.3\n"
        "rouser u\n"
    ),
    "/etc/network/interfaces": (
        "auto eth0\niface eth0 inet static\n address 10.0.0.1/24\n wpa-psk §P\n up curl http://u:§P@h/\n"
        " wireless-key §P\n"
    ),
    "ip -d link show": "1: lo: <LOOPBACK,UP> mtu 65536\n    link/loopback 00:00:00:00:00:00\n",
}
