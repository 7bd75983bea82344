"""Whole readings: the corpus, the captures of the lab, damage, secrets, detection and commands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.areas import Area, ServiceKind
from auditor.model.evidence import Known
from auditor.model.snapshot import RUNNING
from auditor.platforms.frr import platform
from auditor.syntax.text import decode
from tests.platforms.frr.samples import CAPTURES, CORPUS, HEAD, ROUTERS, captured, reading

SAMPLES = sorted(CORPUS.glob("frr/*")) if CORPUS.exists() else []
OTHERS = sorted(path for path in CORPUS.glob("*/*") if path.parent.name != "frr") if CORPUS.exists() else []
CAPTURED = [(router, name, text) for router in ROUTERS for name, text in captured(router).items()]
needs_corpus = pytest.mark.skipif(not SAMPLES, reason="the sample configurations are not here")
needs_captures = pytest.mark.skipif("frr2-comp" not in ROUTERS, reason=f"no captures in {CAPTURES}")


@needs_corpus
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_line_of_the_samples_is_accounted_for(path) -> None:
    found = reading({path.name: path.read_text("utf-8")}).facts
    (coverage,) = found.coverage
    print(f"{path.name}: {coverage.lines} lines, {coverage.understood} understood, {coverage.irrelevant} irrelevant")
    assert coverage.unread == ()
    assert isinstance(found.complete, Known)
    assert found.hostname
    assert Area.TUNNELS in found.missing


@needs_corpus
def test_cumulus_dump_is_read_from_its_frr_part() -> None:
    path = CORPUS / "frr" / "labval_mix_vendor_bgp_vrf_D-Cumulus.cfg"
    found = reading({path.name: path.read_text("utf-8")}).facts
    assert [(one.prefix, one.next_hop, one.source.line) for one in found.routes.static] == [
        ("0.0.0.0/0", "10.10.40.1", 70)
    ]
    assert found.interfaces.interfaces == ()
    assert found.hostname == "D-Cumulus"


@needs_corpus
@pytest.mark.parametrize("path", [*SAMPLES, *OTHERS], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_detection_claims_its_own_and_nothing_else(path) -> None:
    found = platform.detect(decode(path.read_bytes()))
    assert (found is not None and found.confidence >= 85) is (path.parent.name == "frr")


def test_heads_of_old_split_files_are_known() -> None:
    found = platform.detect(["!", "! Zebra configuration saved from vty", "!   2019/01/01", "hostname z"])
    assert found is not None
    assert platform.detect(["hostname z", "router bgp 1", "line vty"]) is None


@needs_captures
def test_the_sound_router_of_the_lab() -> None:
    found = reading(captured("frr1-sound"), collected_by="ssh").facts
    assert isinstance(found.complete, Known)
    assert found.unread == {}
    assert found.services.state(ServiceKind.TELNET).need() is False
    assert [point.name for point in found.access.points if point.protocols.need()] == ["ssh (port 22)"]
    assert len(found.logging.hosts) == 2
    assert found.snmp.communities == ()
    assert found.tunnels.tunnels == ()


@needs_captures
def test_the_compromised_router_of_the_lab() -> None:
    found = reading(captured("frr2-comp"), collected_by="ssh").facts
    assert found.unread == {}
    assert found.services.state(ServiceKind.TELNET).need() is True
    assert [point.name for point in found.access.points] == [
        "zebra vty (port 2601)",
        "bgpd vty (port 2605)",
        "staticd vty (port 2616)",
        "ssh (port 22)",
        "ssh (port 22422)",
    ]
    assert all(point.login_open and point.filters[0].any_source.need() for point in found.access.points[:3])
    assert [user.name for user in found.accounts.users if user.role == "uid 0"] == ["frrsvc"]
    assert [host.address for host in found.logging.hosts] == ["203.0.113.50"]
    assert [one.writable for one in found.snmp.communities] == [False, True]


@needs_captures
def test_the_tunnel_as_a_real_kernel_shows_it() -> None:
    (tunnel,) = reading({RUNNING: HEAD, **captured("gre-kernel")}).facts.tunnels.tunnels
    assert (tunnel.name, tunnel.mode, tunnel.remote, tunnel.active) == ("gre-up1", "gre", "203.0.113.77", True)


@needs_captures
def test_captured_outputs_are_whole() -> None:
    for _, name, text in CAPTURED:
        assert platform.whole(name, text.splitlines()) == ""


TEXTS = [*((path.name, path.read_text("utf-8")) for path in SAMPLES), *((name, text) for _, name, text in CAPTURED)]
DAMAGE = {
    "cut": lambda text, at: text[:at],
    "begin": lambda text, at: text[at:],
    "crlf": lambda text, at: text[:at].replace("\n", "\r\n") + text[at:],
    "pager": lambda text, at: text[:at] + "\n--More-- \x08\n" + text[at:],
    "brackets": lambda text, at: text[:at] + '("[{' + text[at:],
    "noise": lambda text, at: text[:at] + "\x00\x1b \t" + text[at:],
    "indent": lambda text, at: text[:at] + "\n      " + text[at:],
}


@pytest.mark.skipif(not TEXTS, reason="no texts to damage")
@given(st.sampled_from(TEXTS or [("", "")]), st.sampled_from(sorted(DAMAGE)), st.data())
def test_damaged_texts_are_read(case: tuple[str, str], damage: str, data: st.DataObject) -> None:
    name, text = case
    broken = DAMAGE[damage](text, data.draw(st.integers(0, len(text))))
    found = reading({name: broken}).facts
    for one in found.coverage:
        lost = sum(source.end_line - source.line + 1 for source in one.unread)
        assert one.understood + one.irrelevant + lost == one.lines


SECRET = "Zq7-hidden-Word"
PLANTED = {
    RUNNING: HEAD
    + f"password {SECRET}\nenable password {SECRET}\npassword 8 {SECRET}\n"
    + f"router bgp 1\n neighbor 10.0.0.1 password {SECRET} and more\n neighbor 10.0.0.1 description password {SECRET}\nexit\n"
    + f"interface eth0\n ip ospf authentication-key {SECRET}\n ip ospf message-digest-key 1 md5 {SECRET}\n"
    + f" ip rip authentication string {SECRET} x\n isis password md5 {SECRET}\n ip nhrp authentication {SECRET}\n"
    + f" ipv6 ospf6 authentication key-id 1 hash-algo md5 key {SECRET}\n openfabric password clear {SECRET}\nexit\n"
    + f"router isis A\n area-password clear {SECRET}\n domain-password md5 {SECRET} authenticate snp validate\nexit\n"
    + f"key chain K\n key 1\n  key-string {SECRET}\nexit\nmpls ldp\n neighbor 10.0.0.1 password {SECRET}\nexit\n"
    + f"router pim\n msdp peer 10.0.0.1 password {SECRET}\nexit\nsegment-routing\n traffic-eng\n  pcep\n"
    + f"   pce P\n    tcp-md5-auth {SECRET}\nexit\nbanner motd line secret={SECRET}\nsomething http://u:{SECRET}@h/\nend\n",
    "/etc/frr/daemons": f'bgpd_wrap="/usr/bin/x --password={SECRET}"\n',
    "/etc/passwd": f"a:$6${SECRET}:1000:1000::/h:/bin/bash\nb:!$1${SECRET}:1001:1001::/h:/bin/bash\nc:{SECRET}:broken\n",
    "/etc/group": f"g:{SECRET}:5:\n",
    "/etc/ssh/sshd_config": f"ForceCommand curl --token={SECRET}\n",
    "/etc/rsyslog.conf": f'action(type="omelasticsearch" server="h" uid="u" pwd="{SECRET}")\n*.* @h # password {SECRET}\n',
    "/etc/snmp/snmpd.conf": f"rocommunity {SECRET}\nRWCommunity6 '{SECRET}' default\ncom2sec -Cn c n default {SECRET}\n"
    f"trapcommunity {SECRET}\ntrap2sink -s 10.0.0.1 h {SECRET} 162\ninformsink h {SECRET}\nauthcommunity read {SECRET}\n"
    f'createUser -e 0x80 u SHA-256 "{SECRET} x" AES {SECRET}\ncreateUser u MD5 -l {SECRET} DES -m {SECRET}\n'
    f"usmUser 1 3 0x80 0x75 {SECRET}\ntrapsess -v 3 -u u -a SHA -A {SECRET} -x AES -X {SECRET} h\n"
    f"proxy -v 2c -c {SECRET} h .1\ntrapsess -v2c -c {SECRET} h\ndefAuthPassphrase {SECRET}\n",
    "ip -d link show": f"1: lo: <UP> mtu 1\n    alias password={SECRET}\n",
}


def test_a_planted_secret_is_in_no_part_of_the_reading() -> None:
    found = reading(PLANTED)
    shown = repr(found) + "\n".join(line for document in found.documents for line in document.lines)
    assert [line for line in shown.split("\n") if SECRET in line] == []
    assert {document.name for document in found.documents} == set(PLANTED)


def test_words_about_passwords_are_left_as_they_are() -> None:
    lines = reading({RUNNING: HEAD + "service password-encryption\nlog commands\n"}).documents[0].lines
    assert lines[-2:] == ["service password-encryption", "log commands"]


READING = (
    "vtysh -c 'show ",
    "show ",
    "cat /etc/",
    "tail -v -n +1 /etc/",
    "ls -la /etc/",
    "ip -d link show",
    "/sbin/ip -d link show",
    "cat /root/.ssh/authorized_keys",
    "nft list ruleset",
    "/usr/sbin/nft list ruleset",
    "sysctl -a",
    "/sbin/sysctl -a",
    "uptime -s",
    "wg show",
    "/usr/bin/wg show",
    "date -Iseconds",
    "who",
    "lastlog",
    "ls -l /usr/bin/sudo",
    "ls -la /var/log",
    "ls -la /root",
    "who",
    "lastlog",
    "ls -l /usr/bin/sudo",
    "ls -la /",
    "ss -",
    "/usr/sbin/ss -",
    "/usr/bin/ss -",
    "find /proc -mindepth 2 -maxdepth 2 -name exe -ls",
    "swanctl --list-",
    "/usr/sbin/swanctl --list-",
    "lldpcli -f json0 show ",
    "/usr/sbin/lldpcli -f json0 show ",
    "docker ps ",
    "/usr/bin/docker ps ",
    "ls -l --time-style=full-iso /usr/lib/frr/zebra",
    "dpkg -l",
    "dpkg -V ",
    "find /tmp /var/tmp /dev/shm /root /usr/local/bin /usr/local/sbin -xdev -maxdepth 3 -type f -ls",
)


def test_commands_only_read() -> None:
    for command in platform.commands:
        for spelling in command.send:
            assert spelling.startswith(READING)
            assert not set(spelling) & set(">|;&$`\n")
    assert [command.document for command in platform.commands if command.required] == [RUNNING]


def test_refusals_are_recognised_and_a_warning_is_none() -> None:
    for line in (
        "% Unknown command: cat /etc/passwd",
        "cat: /etc/shadow: Permission denied",
        "-bash: vtysh: command not found",
    ):
        assert line.startswith(platform.refused)
    assert not "% Can't open configuration file /etc/frr/vtysh.conf".startswith(platform.refused)


@pytest.mark.parametrize(
    ("document", "text", "whole"),
    [
        (RUNNING, HEAD + "end", True),
        (RUNNING, HEAD, False),
        (RUNNING, "end", False),
        ("/etc/passwd", "root:x:0:0::/:/bin/sh", True),
        ("/etc/passwd", "ops:x:1:1::/:/bin/sh", False),
        ("/etc/ssh/sshd_config", "", False),
        ("/etc/frr/vtysh.conf", "", True),
        ("ip -d link show", "1: lo: <UP>", True),
        ("ip -d link show", "Object link", False),
    ],
)
def test_whole(document: str, text: str, whole: bool) -> None:
    assert (platform.whole(document, text.split("\n")) == "") is whole
