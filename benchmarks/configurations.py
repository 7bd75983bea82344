"""Makes configurations of any size that look like those of a provider edge."""

_HEAD = """Building configuration...

Current configuration : 1 bytes
!
version 17.9
service timestamps log datetime msec
hostname pe-bench
!
aaa new-model
aaa group server tacacs+ TAC
 server name T1
!
aaa authentication login default group TAC local
tacacs server T1
 address ipv4 10.255.0.21
 key 6 AAAAAAAAAAAAAAAAAAAAAAAAAAAA
!
username breakglass privilege 15 secret 9 $9$aaaaaaaaaaaaaa$bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
!
"""
_CUSTOMER = """vrf definition CUST-{n}
 rd 64500:{n}
 route-target export 64500:{n}
 route-target import 64500:{n}
 !
 address-family ipv4
 exit-address-family
!
interface GigabitEthernet0/0/{p}.{n}
 description CUST: customer {n}
 encapsulation dot1Q {v}
 vrf forwarding CUST-{n}
 ip address 10.{a}.{b}.1 255.255.255.252
 no ip redirects
 no ip proxy-arp
 service-policy input CUST-IN
!
router bgp 64500
 address-family ipv4 vrf CUST-{n}
  redistribute connected
  neighbor 10.{a}.{b}.2 remote-as 65000
  neighbor 10.{a}.{b}.2 password 7 0822455D0A16
  neighbor 10.{a}.{b}.2 activate
  neighbor 10.{a}.{b}.2 maximum-prefix 100
 exit-address-family
!
ip prefix-list CUST-{n} seq 5 permit 10.{a}.{b}.0/24 le 32
ip route vrf CUST-{n} 10.{a}.{b}.64 255.255.255.192 10.{a}.{b}.2
access-list 101 permit tcp 10.{a}.{b}.0 0.0.0.255 any eq 443
"""
_TAIL = """ip access-list standard MGMT
 permit 10.255.0.0 0.0.0.15
!
logging host 10.255.0.40
logging host 10.255.0.41
no ip http server
line vty 0 4
 access-class MGMT in
 transport input ssh
!
end
"""


def provider_edge(lines: int) -> str:
    """An IOS-XE configuration of about this many lines."""
    blocks = max(1, (lines - _HEAD.count("\n") - _TAIL.count("\n")) // _CUSTOMER.count("\n"))
    customers = (
        _CUSTOMER.format(n=n, p=n % 8, v=n % 4094 + 1, a=n // 250 % 250 + 1, b=n % 250 + 1) for n in range(blocks)
    )
    return _HEAD + "".join(customers) + _TAIL
