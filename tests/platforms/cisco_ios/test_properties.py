"""Nothing that a file may look like stops the reader: cut, doubled, dropped and mixed lines give facts, never an exception."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.evidence import Known
from tests.platforms.cisco_ios.ios import read

CONFIG = """Building configuration...
version 17.6
hostname r1
aaa new-model
aaa group server tacacs+ TAC
 server-private 192.0.2.31 key 7 094F471A1A0A
 server name T1
aaa authentication login default group TAC local
username bob privilege 15 secret 9 $9$2MJBozw/9R3UsU$2lFhcKvpghcyw8deP25GOfyZaagyUOGBymkryvOdfo6
user-name eve
 privilege 15
 secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0
crypto pki certificate chain TP
 certificate self-signed 01
  30820330 30820218 A0030201
  \tquit
interface Tunnel9
 ip address 10.255.77.1 255.255.255.252
 ipv6 address 2001:DB8::1/64
 ip policy route-map R
 tunnel destination 203.0.113.77
 tunnel mode gre ip
ip http access-class ipv4 MGMT
ip http server
ip ssh port 2022 rotary 1
ip route vrf V 198.51.100.0 255.255.255.0 Tunnel9 10.255.77.2
object-group network G
 host 192.0.2.17
 group-object G
ip access-list extended MGMT
 10 permit tcp object-group G any eq 22
 20 permit tcp 192.0.2.16 0.0.0.15 any eq 22
access-list 10 permit 192.0.2.20
ipv6 access-list SIX
 sequence 10 permit tcp host 2001:DB8::2 any eq 22
route-map R permit 10
 set ip next-hop 10.255.77.2
logging host 192.0.2.40 vrf V transport tcp port 601
monitor session 1 type erspan-source
 source interface Gi1 both
 destination
  erspan-id 10
  ip address 203.0.113.9
snmp-server view V iso included
snmp-server view V 1.3.6.1.4.1.9.9.*.1 excluded
snmp-server group NMS v3 priv read V access ipv6 SIX 10
snmp-server community Un1que view V RO ipv6 SIX 10
snmp-server host 192.0.2.20 vrf V version 2c An0ther
event manager applet A authorization bypass
 event timer watchdog time 60
 action 1.0 cli command "no logging on"
iox
app-hosting appid guestshell
 start
no snmp-server host 192.0.2.99
banner motd ^C
text
^C
line con 0
line vty 0 4
 access-class MGMT in vrf-also
 transport input ssh
!username carol password 7 <removed>
tacacs server T1
 address ipv4 192.0.2.30
 key 7 094F471A1A0A
aaa accounting commands 15 default
 action-type start-stop
 group TAC
aaa server radius dynamic-author
 client 192.0.2.8 server-key 7 094F471A1A0A
parser view OPS
 secret 5 $1$mERr$hx5rVt7rPNoS4wqbXKX7m0
 commands exec include show
privilege exec level 1 show running-config
ip ssh pubkey-chain
  username bob
   key-hash ssh-rsa E5D7E26A603DD18923113E45F29BDF22
flow exporter X
 destination 192.0.2.50 vrf V
flow monitor M
 exporter X
crypto isakmp policy 10
 encr aes 256
 group 14
crypto keyring KR
 pre-shared-key address 203.0.113.5 key Un1que
crypto map CM 10 ipsec-isakmp
 set peer 203.0.113.5
 match address MGMT
interface GigabitEthernet0/1
 ip access-group MGMT in
 ip flow monitor M input
 ip nat inside
 ip ospf 1 area 0
 ip ospf message-digest-key 1 md5 7 094F471A1A0A
 standby 1 ip 192.0.2.254
 standby 1 authentication md5 key-string 7 094F471A1A0A
 service instance 10 ethernet
  xconnect 192.0.2.60 10 encapsulation mpls
 switchport trunk allowed vlan 1-5
 crypto map CM
router ospf 1
 area 0 authentication message-digest
 passive-interface default
 network 192.0.2.0 0.0.0.255 area 0
router bgp 64500
 neighbor G peer-group
 neighbor G remote-as 64501
 neighbor G password 7 094F471A1A0A
 neighbor 203.0.113.1 peer-group G
 address-family ipv4 vrf V
  neighbor 203.0.113.2 remote-as 64502
  neighbor 203.0.113.2 route-map R in
key chain K
 key 1
  key-string 7 094F471A1A0A
ip nat inside source static tcp 192.0.2.7 22 203.0.113.7 2222
ntp authentication-key 1 md5 094F471A1A0A 7
ntp server 192.0.2.70 key 1
kron policy-list P
 cli show version
archive
 path tftp://192.0.2.80/x
 log config
  logging enable
telemetry ietf subscription 1
 receiver ip address 192.0.2.90 57500 protocol grpc-tcp
ip name-server 192.0.2.53
boot system tftp image.bin 192.0.2.80
control-plane
 service-policy input COPP
policy-map COPP
 class C
class-map match-all C
 match access-group name MGMT
alias exec s show
ip prefix-list PL seq 5 permit 192.0.2.0/24 le 32
end
"""
LINES = CONFIG.splitlines(keepends=True)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(content: bytes) -> None:
    facts = read(content, xe=True).facts
    msgspec.json.encode(facts)
    (coverage,) = facts.coverage
    lost = sum(source.end_line - source.line + 1 for source in coverage.unread)
    assert coverage.understood + coverage.irrelevant + lost == coverage.lines
    assert min(coverage.understood, coverage.irrelevant, lost) >= 0
    assert all(1 <= source.line <= source.end_line <= coverage.lines for source in coverage.unread)


@quick
@given(st.integers(0, len(CONFIG.encode())))
def test_cut_anywhere(length: int) -> None:
    content = CONFIG.encode()[:length]
    check(content)
    if length < len(CONFIG.encode()) - len("end\n"):
        assert not isinstance(read(content, xe=True).facts.complete, Known)


@quick
@given(st.lists(st.integers(0, len(LINES) - 1), max_size=8), st.lists(st.integers(0, len(LINES) - 1), max_size=8))
def test_dropped_and_doubled_lines(dropped: list[int], doubled: list[int]) -> None:
    found = [line * (2 if index in doubled else 1) for index, line in enumerate(LINES) if index not in dropped]
    check("".join(found).encode())


@quick
@given(st.permutations(LINES), st.sampled_from(["\n", "\r\n", "\n\n", "\0\n"]))
def test_lines_in_any_order_with_any_line_end(lines: list[str], end: str) -> None:
    check("".join(lines).replace("\n", end).encode())


@quick
@given(
    st.lists(
        st.sampled_from(LINES).flatmap(lambda line: st.integers(0, len(line)).map(lambda at: line[:at])), max_size=30
    )
)
def test_lines_cut_short(lines: list[str]) -> None:
    check("\n".join(lines).encode())


WORDS = sorted(
    {line[: len(line) - len(line.lstrip())] + " ".join(line.split()[:count]) for line in LINES for count in range(1, 5)}
)


@pytest.mark.parametrize("part", range(4))
def test_every_statement_that_ends_too_early(part: int) -> None:
    """Each beginning of a statement, alone below its own head and in the middle of others."""
    for index in range(part, len(WORDS), 4):
        check(f"version 17.6\n{WORDS[index]}\nend\n".encode())
    check(("version 17.6\n" + "\n".join(WORDS[part::4]) + "\nend\n").encode())


def test_a_neighbour_that_is_only_left_out() -> None:
    check(b"version 17.6\nrouter bgp 1\n no neighbor 192.0.2.1 activate\ncrypto ipsec transform-set\nend\n")


@quick
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    check(content)


@quick
@given(st.text(alphabet=st.sampled_from(list("^C#! \n\x03abend\t\r\0\"'<>:/@")), max_size=200))
def test_texts_of_the_characters_that_matter(text: str) -> None:
    check(f"version 15.2\nbanner motd {text}\nusername bob password {text}\nend\n".encode())


def test_crlf_changes_nothing() -> None:
    unix, dos = read(CONFIG, xe=True), read(CONFIG.replace("\n", "\r\n"), xe=True)
    assert unix.facts == dos.facts
    assert unix.documents == dos.documents


def test_long_lines_cost_what_their_length_costs() -> None:
    """Nothing is timed here: an expression that tries every way to split such a line would not come back."""
    words = (
        "username a ",
        "password ",
        "snmp-server user ",
        "://a:",
        "enable secret ",
        "crypto isakmp key ",
        "pass-",
        "copy ",
    )
    for word in words:
        check(f"version 15.2\n{word * 4000}\nend\n".encode())
        check(f"version 15.2\nevent manager applet A\n action 1 cli command {word * 4000}\nend\n".encode())
        check(f"version 15.2\n{word}{' ' * 20000}x{' ' * 20000}\nend\n".encode())
    check(f"version 15.2\ncrypto pki certificate chain T\n certificate 01\n  {'3082' * 5000}z\nend\n".encode())
