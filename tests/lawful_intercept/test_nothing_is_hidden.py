"""Redaction is no way to hide: whatever an intruder writes, statements that are none of interception stay."""

from __future__ import annotations

import base64
from itertools import product
from pathlib import Path

import msgspec
import pytest

from auditor.collect.ssh import collect_ssh
from auditor.engine.packs import load
from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.redaction import redaction
from auditor.platforms.redaction.redaction import redact
from auditor.syntax.mask import Masker
from tests.collect.exec_server import Answer, ExecServer
from tests.collect.support import FAST, login
from tests.lawful_intercept import live, pairs
from tests.lawful_intercept.pairs import MARK
from tests.lawful_intercept.shapes import SHAPES

pytestmark = pytest.mark.requirement("R-LI-02")

STATEMENTS = [
    ("cisco_ios", pairs.IOS, "username liid-47112233 privilege 15 secret 9 $9$a$b\n"),
    ("cisco_ios", pairs.IOS, "username lawful-intercept privilege 15 secret 9 $9$a$b\n"),
    ("cisco_ios", pairs.IOS, "snmp-server community liid RW 99\n"),
    ("cisco_ios", pairs.IOS, "!username warrant-12345 privilege 15 secret <removed>\n"),
    ("cisco_ios", pairs.IOS, "ip route 192.0.2.7 255.255.255.255 Tunnel7 name warrant-12345\n"),
    ("cisco_ios", pairs.IOS, "ip tcp intercept list 100\n"),
    ("cisco_ios", pairs.IOS, "interface Tunnel7\n description RADIUS CoA-Request\n tunnel destination 203.0.113.7\n description intercept-id=1\n"),
    ("cisco_ios", pairs.IOS, "username ciscoTap.1=2 privilege 15 secret 9 $9$a$b\n"),
    ("cisco_ios", pairs.IOS, "username evil privilege 15 password 0 x Criteria-ID: 1\n"),
    ("cisco_ios", pairs.IOS, "username evil privilege 15 password 0 ADD DTCP/0.7 x\n"),
    ("cisco_ios", pairs.IOS, "username evil privilege 15 password 0 LI-Action=1\n"),
    ("cisco_ios", pairs.IOS, "tacacs server RADIUS: Alc-LI-x=1\n address ipv4 203.0.113.7\n"),
    ("cisco_nxos", pairs.NXOS, "username lawful-intercept password 5 $5$a$b  role network-admin\n"),
    ("arista_eos", pairs.EOS, "   description tap in rack 7\n"),
    ("juniper_junos", pairs.JUNOS_SET, "set system login user drop-policy class super-user\n"),
    ("juniper_junos", pairs.JUNOS_SET, 'set system login user description authentication ssh-ed25519 "ssh-ed25519 AAAA liid 4711@x"\n'),
    ("juniper_junos", pairs.JUNOS_SET, 'set system login user x authentication encrypted-password "$6$a#liid 47112233"\n'),
    ("juniper_junos", pairs.JUNOS, "    }\n}\nsystem {\n    login {\n        user drop-policy {\n            class super-user;\n        }\n"),
    ("nokia_sros", pairs.SROS_FLAT, '/configure system security aaa local-profiles profile "li" entry 10 match "configure li"\n'),
    ("nokia_sros", pairs.SROS_FLAT, '/configure system security user-params local-user user "li" password "$2y$10$abc"\n'),
    ("nokia_srlinux", pairs.SRL_FLAT, "set / system aaa authentication user lawful-intercept password x\n"),
    ("mikrotik_routeros", pairs.ROS_TERSE, '/user add name=evil group=full comment=warrant address=12345\n'),
    ("mikrotik_routeros", pairs.ROS_TERSE, '/user add comment="warrant" name=evil9999 group=full\n'),
    ("huawei_vrp", pairs.VRP, "local-user li-manager password irreversible-cipher $1c$abc\n"),
    ("frr", pairs.FRR, " description link to the lab\n"),
    ("cisco_ios", pairs.IOS, "username evil privilege 15 password 0 x DTCP/0.7\n"),
    ("cisco_ios", pairs.IOS, 'event manager applet x\n action 1 cli command "username evil privilege 15 secret lawful-intercept"\n'),
    ("juniper_junos", pairs.JUNOS_SET, 'set event-options policy p then execute-commands commands "request system scripts lawful"\n'),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "base", "statement"), STATEMENTS, ids=[one[2].strip()[:50] for one in STATEMENTS])
def test_a_statement_that_is_none_stays(platform: str, base: str, statement: str) -> None:
    text = base.replace("{host}", "r1").replace(pairs.MARK, statement).encode()
    assert statement.encode() in redact(text)
    assert statement.encode() in redact(text, platform)


def test_a_prompt_in_a_banner_hides_nothing_behind_it() -> None:
    many = "".join(f"ip route 10.{number}.0.0 255.255.0.0 192.0.2.2\n" for number in range(60))
    banner = many + "banner login ^C\nr1#show li\n^C\nusername evil privilege 15 secret 9 $9$a$b\n"
    text = pairs.IOS.replace("{host}", "r1").replace(pairs.MARK, banner).encode()
    assert redact(text) is text


def test_only_the_comment_of_a_rule_goes_with_it() -> None:
    text = pairs.ROS_TERSE.replace(pairs.MARK, '/user add comment="liid 47112233" name=evil group=full\n').encode()
    assert b"/user add name=evil group=full\n" in redact(text, "mikrotik_routeros")


def test_an_account_stays_an_account() -> None:
    text = pairs.IOS.replace("{host}", "r1").replace(pairs.MARK, STATEMENTS[0][2] + STATEMENTS[1][2])
    platform = load().platforms["cisco_ios"]
    found = platform.read(Device("r1", "cisco_ios"), (Document(RUNNING, text.encode()),), (), Masker(b"k")).facts
    assert {user.name for user in found.accounts.users} >= {"liid-47112233", "noc"}


WORN = (
    "liid 47112233", "warrant 47112233", "lawful-intercept", "li-view x", "md-list x", "Criteria-ID: 1", "ADD DTCP/0.7 x", "LI-Action = 1",
    "intercept-id=1", "RADIUS: CoA-Request", "<X1Request>", "<X1Request", "&lt;X1Request&gt;", "<liid>", "<xId", "<li-source>",
    "<!-- warrant 4711", "<a><description>liid 4711", '"liid": {', '{"description": "liid 4711', "ciscoTap.1 = 2",
    "1.3.6.1.4.1.9.9.394.1.1.2.1.1 = 3", 'iso.3.6.1.4.1.9.9.672.1 = STRING: "open', "li", "li {", "li-source 60 {", "radius-flow-tap {",
    "radius-flow-tap { policy", "drop-policy x {", "[edit services radius-flow-tap]", "lawful-intercept {", "system lawful-intercept", "lig x1",
    "/tool calea", "sniff-id=4", "r1#show li", "<r1>display lawful-intercept", "A:r1# show li", "noc@r1> show services flow-tap",
    "%LI-6-X: y", "dfcd[1]: x", '1 2026/11/26 09:12:01.1 UTC MINOR: LI #2001 Base\n"li-source', "--More--", "<![CDATA[", "configure li", "access li", "li true", "> quoted",
    "+li {", "12: li {\n13: li-source 4", "@@ -1,3 +1,40 @@", "@@ x\n+li {", "a\\nli {\\nb", "%0Ali {%0A", "<br>li {<br>", "'li {',\n'x',\n'y',",
    "2026-11-27 09:12:01 li {\n2026-11-27 09:12:02 x\n2026-11-27 09:12:03 y", "r1#li {\nr1#x", "[*r1-li-x]a\n[*r1-li-x]b", "A:r1>config>li# info",
    "[ex:/configure li]\nA:r1# info", "ipintercepts:\n - a: b", "| li {\n| x\n| y", "++++++ CoA Attribute List ++++++\n1 0 0000 li-action(1) 1",
    '1 2026/11/26 09:12:01 UTC MINOR: DEBUG #2001 Base RADIUS\n"x LI ACTION', "radius-access-accept: LI-Action", "subscriber x intercept-id 5",
    "snmpset x 1.3.6.1.4.1.9.9.394.1.1.2.1.1 i 1", "OID=.1.3.6.1.4.1.9.9.394.1.1.2.1.1, x", "a.b.cTapX = 4", "\x0cli {", "x" + "\b" * 90 + "li {",
    "\u2028li {", "l\u200bi {", 'source="li {', 'on-event="/tool calea', "DEBUG li {\nDEBUG x\nDEBUG y", "LI {", "Hello <X1Request",
    "dtcp> ADD DTCP/0.7\nX-UserName: y", "DTCP/0.7 200 OK", "agencies:\n - agencyid: x", "x2x3inputs:", "provisioneraddr: x\n listenaddr: y",
    "SNMP: Packet received via UDP from x\n cTap2MediationEntry.3.1 = 4", "COA: x request queued\n 6523AF4C 0 00000009 li-action(1) 4 1",
    "Capture group: g1, Control source: x\n A: b", "1 warrant-47112233 x y CLI Thu Nov 26 09:12:01 2026", "[edit services dynamic-flow-capture]",
    "set services radius-flow-tap policy x" + "y" * 60, "/configure li li-source " + "z" * 60,
)  # fmt: skip
"""What an intruder may write where a system takes any text, so that what follows would be taken for interception."""
TUNNEL = "interface Tunnel7\n tunnel destination 203.0.113.7\n"
BANNER = ("banner motd ^C\n{0}\n^C\n", "interface Loopback9\n description {0}\n", "! {0}\n")
PLACES = [
    ("cisco_ios", pairs.IOS, BANNER, ["username evil privilege 15 secret 9 $9$x$y\n", TUNNEL]),
    ("cisco_iosxr", pairs.XR, BANNER, ["username evil\n group root-lr\n secret 10 $6$a$b\n!\n"]),
    ("cisco_nxos", pairs.NXOS, BANNER, ["username evil password 5 $5$x role network-admin\n", TUNNEL]),
    ("arista_eos", pairs.EOS, BANNER, ["username evil privilege 15 secret sha512 $6$x$y\n"]),
    ("frr", pairs.FRR, ("interface lo\n description {0}\n", "! {0}\n"), ["ip route 10.0.0.7/32 203.0.113.1\n"]),
    ("huawei_vrp", pairs.VRP, ("interface LoopBack9\n description {0}\n#\n", "header login information %\n{0}\n%\n"),
     ["aaa\n local-user evil password irreversible-cipher $1c$x\n local-user evil level 15\n#\n"]),
    ("juniper_junos", pairs.JUNOS_SET, ('set interfaces lo0 description "{1}"\n', 'set system login message "{1}"\n'),
     ["set system login user evil class super-user\n"]),
    ("juniper_junos", pairs.JUNOS.replace(MARK, "").replace("snmp {", f"{MARK}snmp {{"),
     ("/* {1} */\n", 'policy-options {{\n    policy-statement p {{\n        description "{1}";\n    }}\n}}\n'),
     ["system {\n    login {\n        user evil {\n            class super-user;\n        }\n    }\n}\n"]),
    ("nokia_sros", pairs.SROS_FLAT, ('/configure port 1/1/1 description "{1}"\n',),
     ['/configure system security user-params local-user user "evil" access console true\n']),
    ("nokia_sros", pairs.SROS_CLASSIC, ('    port 1/1/1\n        description "{1}"\n    exit\n',),
     ['    system\n        security\n            user "evil"\n                access console\n            exit\n        exit\n    exit\n']),
    ("nokia_srlinux", pairs.SRL_FLAT, ('set / interface lo0 description "{1}"\n', 'set / system banner login-banner "{1}"\n'),
     ["set / system aaa authentication user evil password x\n"]),
    ("mikrotik_routeros", pairs.ROS, ('/interface vlan\nadd comment="{1}" name=v\n',), ["/user\nadd name=evil group=full\n"]),
    ("mikrotik_routeros", pairs.ROS_TERSE, ('/interface vlan add comment="{1}" name=v\n',), ["/user add name=evil group=full\n"]),
]  # fmt: skip


@pytest.mark.parametrize("word", WORN)
def test_no_word_in_a_free_text_hides_a_statement_beside_it(word: str) -> None:
    for platform, base, texts, statements in PLACES:
        quiet = word.replace('"', "'").replace("*/", "")
        for text, statement in product(texts, statements):
            worn = text.format(word, quiet)
            for both in (worn + statement, statement + worn):
                config = base.replace("{host}", "r1").replace(MARK, both).encode()
                redaction.forget()
                kept = redact(config, platform).split(b"\n")
                missed = [line for line in statement.encode().split(b"\n") if line not in kept]
                assert not missed, (platform, worn, missed)


@pytest.mark.parametrize("shape", ["time of ISO 8601", "a comparison", "numbered with points", "one prompt", "doubled"])
def test_no_word_hides_a_statement_of_a_session(shape: str) -> None:
    """Also where the time, a count or the mark of a comparison stands in front of every line."""
    for platform, base, texts, statements in PLACES:
        for word, text in product(WORN[::3], texts[:1]):
            for both in (text.format(word, word.replace('"', "'").replace("*/", "")) + one for one in statements[:1]):
                config = SHAPES[shape](base.replace("{host}", "r1").replace(MARK, both))
                redaction.forget()
                kept = redact(config, platform)
                lines = [line.strip() for line in statements[0].split("\n") if len(line.strip()) > 1]
                assert not [line for line in lines if line.encode() not in kept], (platform, both)


OWN = (
    ("mikrotik_routeros", pairs.ROS_TERSE, '/user add name=evil group=full comment="sniff-id=1"\n'),
    (
        "mikrotik_routeros",
        pairs.ROS_TERSE,
        '/ip firewall nat add action=dst-nat comment="action=sniff-pc" to-addresses=192.0.2.1\n',
    ),
    (
        "mikrotik_routeros",
        pairs.ROS_TERSE,
        '/system script add name=x source="/user add name=evil; :put \\"sniff-id=1\\""\n',
    ),
    ("cisco_ios", pairs.IOS, "username evil\b\b\b\b\b\b\b\b\b\b\b\b\b! nothing privilege 15\n"),
    ("cisco_ios", pairs.IOS, "username n\u200boc privilege 15 secret 9 $9$a$b\n"),
    ("cisco_ios", pairs.IOS, "interface Loopback9\n description x\u2028no shutdown\n"),
)


@pytest.mark.parametrize(("platform", "base", "statement"), OWN, ids=[one[2][:40] for one in OWN])
def test_what_a_statement_says_in_its_own_text_hides_nothing_of_it(platform: str, base: str, statement: str) -> None:
    """Neither words of interception in a value nor characters that a terminal would obey."""
    text = base.replace("{host}", "r1").replace(MARK, statement).encode()
    assert statement.encode() in redact(text, platform)


def test_a_statement_behind_the_time_is_no_message_of_a_log() -> None:
    line = b"2026-11-27 09:12:01 username evil privilege 15 secret 0 lawful-intercept\n"
    assert redact(b"first line\n" + line, "cisco_ios").endswith(line)


def test_a_decoy_of_another_form_lays_nothing_open() -> None:
    """A text that looks like XML or JSON does not keep the rules of braces from what stands in braces."""
    for decoy in ("<drop-policy>", "<radius-flow-tap>", "'radius-flow-tap': x"):
        text = pairs.JUNOS.replace("{host}", "r1").replace('"to core"', f'"{decoy}"')
        assert b"447900111222" not in redact(text.replace(MARK, "        policy 447900111222 {\n        }\n").encode())


LOGGED = [
    "Nov 26 09:12:01.123: %PARSER-5-CFGLOG_LOGGEDCMD: User:noc  logged command:username evil privilege 15 secret 0 lawful-intercept\n",
    "Nov 26 09:12:01.123: %PARSER-5-CFGLOG_LOGGEDCMD: User:noc  logged command:username evil secret 0 warrant 47112233\n",
    "Nov 26 09:12:01.123: %PARSER-5-CFGLOG_LOGGEDCMD: User:noc  logged command:ip route 10.0.0.7 255.255.255.255 Tunnel7 name li-target\n",
    "Nov 26 09:12:01.123: %SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: lawful-intercept] [Source: 203.0.113.7]\n",
    "Nov 26 09:12:01.123: %SYS-5-CONFIG_I: Configured from console by lawful-intercept on vty0 (203.0.113.7)\n",
    "Nov 26 09:12:01  r1 sshd[1]: Accepted publickey for flow-tap from 203.0.113.7 port 4 ssh2\n",
    "Nov 26 09:12:01  r1 mgd[1]: UI_CMDLINE_READ_LINE: User 'noc', command 'set system login user flow-tap class super-user '\n",
    "ciscoTapEvil   md5   aes-128(yes)   network-admin\n",
    "cTapEvil,192.0.2.7,network-admin\n",
    "Wed Nov 26 09:12:01 2026:type=update:id=vty:user=noc:cmd=configure terminal ; username evil password 5 lawful-intercept (SUCCESS)\n",
]


@pytest.mark.parametrize("line", LOGGED)
def test_what_an_intruder_did_stays_in_the_log(line: str) -> None:
    text = f"first line\n{line}last line\n".encode()
    assert redact(text) == text


LONG = f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1 {'a word of a comment ' * 40}evil@203.0.113.7\n".encode()
"""What an intruder makes of the only line of a file, so that it looks like a text whose lines were made one."""


def test_an_output_of_one_long_line_is_not_had_instead_of_empty(tmp_path: Path) -> None:
    """Nothing of such a text is kept; a check must not take that for nothing being there."""
    definition = load().platforms["frr"]
    command = next(one for one in definition.commands if "authorized_keys" in one.document)
    with ExecServer({text: Answer(LONG.decode()) for text in command.send}) as server:
        made = login(server, tmp_path, limits=msgspec.structs.replace(FAST, command=6.0))
        found = collect_ssh(made, msgspec.structs.replace(definition, commands=(command,)))
    assert not found.documents
    assert [(one.document, "one long line" in one.reason) for one in found.errors if one.document] == [
        (command.document, True)
    ]
    assert not redaction.documents([Document(command.document, LONG)], "frr", "r1")


def test_neither_is_one_on_a_terminal(tmp_path: Path) -> None:
    definition = load().platforms["cisco_ios"]
    wanted = next(one for one in definition.commands if one.document == "show aliases")
    with live.hosts(["cisco_ios"], ["sound"]) as (host,):
        host.server.show({"show aliases": LONG.decode()}, "")
        made = login(host.server, tmp_path, limits=msgspec.structs.replace(FAST, command=6.0))
        found = collect_ssh(made, msgspec.structs.replace(definition, commands=(wanted,)))
    assert not found.documents
    assert [one.document for one in found.errors if "one long line" in one.reason] == ["show aliases"]


def test_no_movement_of_the_cursor_in_a_banner_makes_one_line_of_a_configuration() -> None:
    told = "banner motd ^C" + "\x1b[H\x1b[2J" * 2000 + "^C\n"
    config = pairs.IOS.replace("{host}", "r1").replace(MARK, told + "username evil privilege 15 secret 9 x\n")
    assert b"\nusername evil privilege 15 secret 9 x\n" in redact(config.encode(), "cisco_ios")


TOPS = (
    b"{\\rtf1\\ansi hello\\par\n", b"{\\rtf1\\ansi hello\\par}\n", b'{"version": 2, "width": 80}\n[0.1, "o", "hi"]\n', b"begin 644 x\n",
    b"begin 644 x\n%:&5L;&\\\nend\n", base64.b64encode(b"a banner that is long enough to be an encoding") + b"\n",
    b"00000000: 6865 6c6c 6f20 776f 726c 640a 6865 6c6c  hello world.hell\n" * 3, b"x$\ny$\nz$\n", b"a^M\nb^M\nc^M\n",
    b"From: noc@example.net\nContent-Transfer-Encoding: base64\n\n", b"From: noc@example.net\nContent-Transfer-Encoding: quoted-printable\n\n",
    b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n',
    b"noc  9:11 AM\nhello\nnoc  9:12 AM\nhello\n", b"Hostname\nUsername\nInterface\nRouter\nVersion\nEnd\n",
)  # fmt: skip
"""Messages of the day as they stand at the top of a capture."""


@pytest.mark.parametrize("top", TOPS)
def test_what_looks_like_another_form_at_the_top_hides_nothing_below(top: bytes) -> None:
    told = "username evil privilege 15 secret 9 x\nli-view 7 0822455D0A16 user liop1 password 7 094F471A1A0A\n"
    config = pairs.IOS.replace("{host}", "r1").replace(MARK, told).encode()
    for text in (top + config, top + b"r1#show running-config\n" + config + b"r1#"):
        redaction.forget()
        assert b"\nusername evil privilege 15 secret 9 x\n" in redact(text, "cisco_ios")
