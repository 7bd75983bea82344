"""What encodings, terminals, viewers and other tools make of a configuration keeps no rule of redaction from its statements."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable

import pytest

from auditor.platforms.redaction import embedded, encoded, frames, redaction, views
from auditor.platforms.redaction.plain import plain
from auditor.platforms.redaction.redaction import redact
from tests.lawful_intercept import pairs
from tests.lawful_intercept.identities import Identities
from tests.lawful_intercept.pairs import FORMS
from tests.lawful_intercept.shapes import ENCODED, LOGGERS, SHAPES, letters

pytestmark = [pytest.mark.requirement("R-LI-02"), pytest.mark.requirement("R-LI-05")]


def _each(made: Callable[[int, str], str]) -> Callable[[str], bytes]:
    """Something done to every line, with its number."""

    def whole(text: str) -> bytes:
        lines = text.split("\n")
        body, end = (lines[:-1], "\n") if lines[-1] == "" else (lines, "")
        return ("\n".join(made(number, line) for number, line in enumerate(body, 1)) + end).encode()

    return whole


def _before(mark: str) -> Callable[[str], bytes]:
    return _each(lambda _, line: mark + line)


def _ends(end: str) -> Callable[[str], bytes]:
    return lambda text: text.replace("\n", end).encode()


TERMINALS: dict[str, Callable[[str], bytes]] = {
    "CR alone": _ends("\r"),
    "CR CR LF": _ends("\r\r\n"),
    "LF CR": _ends("\n\r"),
    "CR NUL LF": _ends("\r\0\n"),
    "LF NUL": _ends("\n\0"),
    "ends of two kinds": _each(lambda _, line: line + ("\r" if len(line) % 2 else "")),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0").encode(),
    "colours": _each(lambda _, line: f"\x1b[32m{line}\x1b[0m\x1b[K"),
    "a pager, wiped by backspaces": _before(" --More-- " + "\b" * 9 + " " * 10 + "\b" * 9),
    "a pager, wiped by CR": _before("--More--\r        \r"),
    "the pager of VRP": _before("  ---- More ----\x1b[42D" + " " * 42 + "\x1b[42D"),
    "the pager of Junos": _before("---(more 42%)---\r" + " " * 40 + "\r"),
    "UTF-16, little end first": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "UTF-32": lambda text: text.encode("utf-32"),
}
VIEWERS: dict[str, Callable[[str], bytes]] = {
    "indented": _before("    "),
    "indented by a tab": _before("\t"),
    "in a table": _before("| "),
    "added": _before("+"),
    "taken away": _before("-"),
    "commented by RANCID": _before("!"),
    "commented": _before("# "),
    "commented twice": _before("## "),
    "quoted in a quotation": _before("> > "),
    "found in a file": _before("r1.cfg:"),
    "found in a file, with numbers": _each(lambda number, line: f"r1.cfg:{number}:{line}"),
    "numbered by cat": _each(lambda number, line: f"{number:6}\t{line}"),
    "trailing tabs": _each(lambda _, line: f"{line}\t"),
}
TOOLS: dict[str, Callable[[str], bytes]] = {
    "a section of CDATA": lambda text: f"<rpc-reply><output><![CDATA[{text}]]></output></rpc-reply>".encode(),
    "characters of XML": lambda text: f"<rpc-reply><output>{html.escape(text)}</output></rpc-reply>".encode(),
    "a page": lambda text: f"<html><body><pre>\n{html.escape(text)}</pre></body></html>".encode(),
    "a text of YAML": lambda text: b"config: |\n" + _before("  ")(text),
    "a string of JSON": lambda text: json.dumps({"output": text}).encode(),
    "a list of JSON": lambda text: json.dumps({"stdout_lines": text.split("\n")}, indent=1).encode(),
}
OTHERS = TERMINALS | VIEWERS | TOOLS


def _broken(width: int) -> Callable[[str], bytes]:
    """As a terminal of this width shows lines, and as they are copied from it."""
    return _each(lambda _, line: "\n".join(line[at : at + width] for at in range(0, max(1, len(line)), width)))


def both(name: str, other: Callable[[str], bytes]) -> tuple[bytes, bytes, list[str]]:
    """A configuration without and with intercepts in another form, redacted; and what stood in it."""
    form = FORMS[name]
    ids = Identities(len(name))
    told = "".join(one(ids) for one in form.statements)
    before, after = pairs._round(form, "r1")
    redaction.forget()
    return redact(other(before + after), form.platform), redact(other(before + told + after), form.platform), ids.drawn


def leaks(kept: bytes, drawn: list[str]) -> list[str]:
    return [value for value in drawn if any(value.encode(how) in kept for how in ("utf-8", "utf-16-le", "utf-16-be"))]


@pytest.mark.parametrize("other", OTHERS)
def test_no_form_keeps_a_rule_from_a_statement(other: str) -> None:
    for name in FORMS:
        without, within, drawn = both(name, OTHERS[other])
        assert not leaks(within, drawn), name
        assert without == within, name


@pytest.mark.parametrize(
    "other",
    sorted(
        OTHERS.keys() - {"CR CR LF", "ends of two kinds", "trailing tabs", "quoted in a quotation", "numbered by cat"}
    ),
)
def test_every_step_is_needed(other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without what takes such a form off, some configuration keeps what is intercepted."""
    monkeypatch.setattr(views, "without", lambda content, _drop: (content, False))
    if other in TERMINALS:
        monkeypatch.setattr(redaction, "plain", lambda content: content)
    elif other in VIEWERS or "YAML" in other:
        monkeypatch.setattr(frames, "_alike", lambda _lines: [])
        monkeypatch.setattr(frames, "_counted", lambda _lines: [])
    else:
        monkeypatch.setattr(embedded, "without", lambda content, _drop: content)
    found = [both(name, OTHERS[other]) for name in FORMS]
    redaction.forget()
    assert any(without != within for without, within, _ in found)


UNLIKE = {
    "a table of values": {"srl json"},
    "in a box": {"srl json"},
    "carried on by backslashes": {"srl json"},
    "a list of Python in a line": {"srl json"},
    "bytes in a list of Python": {"srl json"},
    "a result of Ansible in a line": {"srl json"},
    "lists in a string": {"junos json", "srl json", "junos json description"},
    "objects in lines": {"junos json", "srl json"},
    "words with capitals": {"sros xml guarded"},
    "lines with capitals": {"srl flat"},
    "lines of base64 in YAML": {"sros classic users"},
    "sent in a chat": {*FORMS},
    "a page with numbers for marks": {*FORMS},
}
"""Forms of a text out of the middle of whose lines something is cut: how long the line was can be seen from what is behind it.
Of a chat it can be seen when the lines were sent that went, of a page with numbers for its marks that it was written anew."""
UNSEEN = {
    "a mail in base64": {"junos xml", "junos json", "junos xml comment"},
    "a mail, quoted-printable": {"junos xml", "junos json", "junos xml comment"},
    "a page with numbers for marks": {"junos xml", "junos xml comment"},
}
"""XML and JSON with another text before them are not known as such (docs/lawful-intercept.md, "Limits")."""


@pytest.mark.parametrize("shape", SHAPES)
def test_no_shape_keeps_a_rule_from_a_statement(shape: str) -> None:
    for name in FORMS.keys() - UNSEEN.get(shape, set()):
        without, within, drawn = both(name, SHAPES[shape])
        assert not leaks(within.lower(), [value.lower() for value in drawn]), name
        if name not in UNLIKE.get(shape, ()):
            assert without == within, name


PLAIN = {"doubled with CR", "pages", "ends of pages", "title of a window", "typed over", "wiped", "struck over",
         "line ends of Unicode", "next line", "blanks that a terminal jumps over", "a screen that was drawn"}  # fmt: skip
"""Shapes that are taken off before anything is looked for."""
INSIDE = {"a string in a string", "lists in a string", "XML in JSON"}
"""Shapes that JSON and XML are looked into for."""


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_looked_into(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it some configuration keeps what is intercepted."""
    if shape in PLAIN:
        monkeypatch.setattr(redaction, "plain", lambda content: content)
    if shape in ENCODED:
        monkeypatch.setattr(encoded, "whole", lambda content: content)
        monkeypatch.setattr(encoded, "without", lambda content, _drop: content)
    if shape in INSIDE:
        monkeypatch.setattr(embedded, "without", lambda content, _drop: content)
    monkeypatch.setattr(views, "without", lambda content, _drop: (content, False))
    found = [both(name, SHAPES[shape]) for name in FORMS]
    redaction.forget()
    assert any(without != within for without, within, _ in found)


@pytest.mark.parametrize("inner", [*LOGGERS, "quoted in a mail", "numbered with points"])
@pytest.mark.parametrize(
    "outer", ["time in brackets", "quoted in a mail", "a string of Python", "doubled", "in a ticket"]
)
def test_shapes_in_shapes(outer: str, inner: str) -> None:
    def twice(text: str) -> bytes:
        return SHAPES[outer](SHAPES[inner](text).decode())

    for name in ("junos braces", "sros classic", "vrp", "ios view", "iosxr"):
        _, within, drawn = both(name, twice)
        assert not leaks(within, drawn), name


@pytest.mark.parametrize("between", [" ", "  ", "; ", " | ", "\u00b6", " \u23ce ", ""])
def test_of_a_text_in_one_line_nothing_is_kept(between: str) -> None:
    """No device saves its configuration in one line: nothing is hidden that was ever read. With braces and short ones, too."""
    for name in FORMS.keys() - {"junos xml", "junos json", "srl json", "junos json description", "junos xml comment"}:
        _, within, drawn = both(name, lambda text: text.strip().replace("\n", between).encode())
        assert not leaks(within, drawn), name


def test_what_is_one_statement_stays() -> None:
    for line in (b"username lawful-intercept privilege 15 secret 9 $9$a$b", b"hostname r1", b'{"name": "li-target x"}'):
        assert redact(line, "cisco_ios") == line
    many = b"hostname r1\n! " + b"word " * 50 + b"\nusername evil privilege 15 secret 9 $9$a$b\n"
    assert redact(many, "cisco_ios") == many


def test_lines_joined_to_one_are_no_configuration() -> None:
    """Nobody can part them again: whatever stands in them, nothing of such a text is kept."""
    for name in ("ios view", "vrp", "iosxr", "nxos users", "sros flat users"):
        for told in ("", "".join(one(Identities(1)) for one in FORMS[name].statements)):
            before, after = pairs._round(FORMS[name], "r1")
            text = (before + told + after).replace("\n", " ")
            assert redact((text + text).encode(), FORMS[name].platform) == b""


@pytest.mark.parametrize("name", ["junos set", "sros flat", "sros classic", "srl flat"])
@pytest.mark.parametrize("width", [72, 80, 100, 132])
def test_lines_that_a_terminal_broke(name: str, width: int) -> None:
    without, within, drawn = both(name, _broken(width))
    assert not leaks(within, drawn)
    assert without == within


@pytest.mark.parametrize("other", sorted(TERMINALS))
def test_what_is_plain_stays_as_it_is(other: str) -> None:
    for form in FORMS.values():
        text = "".join(pairs._round(form, "r1"))
        assert plain(text.encode()) == text.encode()
        if "UTF" in other:
            assert plain(TERMINALS[other](text)).removeprefix(b"\xef\xbb\xbf") == text.encode()


@pytest.mark.parametrize(
    "head", [b"\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a", b"\xd4\xc3\xb2\xa1\x02\0\x04\0", b"\x7fELF\x02\x01\x01\0"]
)
def test_what_is_no_text_is_left_alone(head: bytes) -> None:
    """A capture of packets has to be known as one by whoever comes next."""
    content = head + bytes(range(256)) * 9 + b"\r\0\n\r"
    assert plain(content) is content


def test_a_frame_ends_where_other_lines_begin() -> None:
    """The head of RANCID is all comments; what stands behind it gets none of their marks."""
    head = "".join(f"!Slot {number}: warrant {4711000 + number} of 447900111222\n" for number in range(50))
    text = f"!RANCID-CONTENT-TYPE: cisco\n{head}version 15.9\nhostname r1\nusername evil privilege 15 secret 9 $9$a$b\nend\n"
    kept = redact(text.encode(), "cisco_ios").decode()
    assert "447900111222" not in kept
    assert kept.endswith("\nversion 15.9\nhostname r1\nusername evil privilege 15 secret 9 $9$a$b\nend\n")


TOLD = [
    ("cisco_ios", "Nov 26 09:12:01.123: %PARSER-5-CFGLOG_LOGGEDCMD: User:liop  logged command:li-view 7 08 user {0} password 7 x\n"),
    ("cisco_ios", "Nov 26 09:12:01.123: %PARSER-5-CFGLOG_LOGGEDCMD: User:noc  logged command:description LIID {0}\n"),
    ("cisco_ios", "*Nov 26 09:12:01: %SYS-5-CONFIG_I: Configured from console by {0} on vty0 (view li-view)\n"),
    ("cisco_ios", "   12     3         noc@vty1              |md-list MD1 {0}\n"),
    ("cisco_ios", "snmp-server location warrant {0}\n"),
    ("juniper_junos", "0   2026-11-26 09:12:01 UTC by noc via cli\n    warrant {0} added\n"),
    ("juniper_junos", "[edit services radius-flow-tap]\n+   policy {0} {{\n+       inet {{\n+           drop-policy {0};\n+       }}\n+   }}\n"),
    ("juniper_junos", "Nov 26 09:12:01  r1 mgd[1]: UI_CFG_AUDIT_SET: User 'noc' set: [services radius-flow-tap policy {0}] <unconfigured> -> \"x\"\n"),
    ("nokia_sros", "115 2026/11/26 09:12:01.12 UTC MINOR: USER #2009 Base noc\n\"User noc from 192.0.2.1: [/li] A:r1# li-source {0}\"\n"),
    ("nokia_sros", "configure li li-source {0} sap 1/1/1:7 ingress\n"),
    ("nokia_sros", 'li li-source "{0}" sap 1/1/1:7\n'),
    ("nokia_srlinux", "2026-11-26T09:12:01.481Z r1 sr_mgmt_server: mgmt|1|1|00012|N: set / system lawful-intercept targets subscriber {0}\n"),
    ("huawei_vrp", 'Nov 26 2026 09:12:01+00:00 r1 %%01SHELL/5/CMDRECORD(s)[12]:Recorded. (User=noc, Command="lawful-intercept target {0}")\n'),
    ("mikrotik_routeros", "09:12:01 system,info item added by noc (/ip firewall calea add action=sniff case-id={0})\n"),
    ("mikrotik_routeros", " 0   ;;; LIID {0}\n     chain=forward action=sniff-pc sniff-id={0}\n"),
    ("", '(1) Received Access-Accept Id 21 from 192.0.2.1:1812 length 120\n(1)   User-Name = "{0}"\n(1)   Huawei-LI-ID = 1\n'),
    ("", "  ERX-Med-Dev-Handle = 0x{0}\n"),
    ("", "1.3.6.1.4.1.9.9.672.1.1.2.1.2.1 {0}\n"),
    ("", "1.3.6.1.4.1.9.9.672.1.1.2.1.2.1\t{0}\n"),
    ("", '"1.3.6.1.4.1.9.9.672.1.1.2.1.2.1","OctetString","{0}"\n'),
    ("", "<rows>\n<row><oid>1.3.6.1.4.1.9.9.672.1.1.2.1.2.1</oid><value>{0}</value></row>\n</rows>\n"),
    ("", '[{{"oid": "1.3.6.1.4.1.9.9.672.1.1.2.1.2.1", "value": "{0}"}}]\n'),
    ("", "<data>\n<CISCO-IP-TAP-MIB><citapStreamTable><citapStreamDestinationAddress>{0}</citapStreamDestinationAddress></citapStreamTable>\n</CISCO-IP-TAP-MIB>\n</data>\n"),
    ("", '{{"CISCO-IP-TAP-MIB:citapStreamTable": {{"citapStreamEntry": [{{"citapStreamDestinationAddress": "{0}"}}]}}}}\n'),
    ("", "2026-11-26 09:12:01 x1: &lt;targetIdentifier&gt;&lt;imsi&gt;{0}&lt;/imsi&gt;&lt;/targetIdentifier&gt;\n"),
    ("nokia_sros", '{{"nokia-conf:configure": {{"li": {{"mirror-dest-template": [{{"name": "{0}"}}]}}}}}}\n'),
    ("cisco_ios", "username lawful-intercept {0}\n"),
    ("cisco_ios", 'event manager applet x\n action 1 cli command "md-list MD1 {0}"\n'),
    ("cisco_ios", "kron policy-list x\n cli md-list MD1 {0}\n"),
    ("cisco_ios", "alias exec t md-list MD1 {0}\n"),
    ("cisco_ios", "interface Loopback7\n description court order 4711 of {0}\n"),
    ("cisco_ios", "interface Loopback7\n description LI {0}\n"),
    ("cisco_ios", "interface Loopback7\n description CALEA {0}\n"),
    ("cisco_ios", "interface Loopback7\n description surveillance of {0}\n"),
    ("cisco_ios", "*Nov 24 09:15:02.481:  ++++++ CoA Attribute List ++++++\n*Nov 24 09:15:02.481: 1 0 0000 li-action(1) 1\n*Nov 24 09:15:02.481: 2 0 0000 username(336) 20 {0}\n"),
    ("cisco_iosxr", "Label: warrant-{0}\n"),
    ("frr", "ip prefix-list x seq 5 description warrant {0}\n"),
    ("frr", "ipintercepts:\n  - liid: {0}\n    user: {0}\n    staticips:\n      - iprange: {0}\n"),
    ("juniper_junos", "Nov 26 09:12:01 radius-access-accept: LI-Action received: on\nNov 26 09:12:01 radius-access-accept: User-Name received: {0}\n"),
    ("juniper_junos", "Nov 26 09:12:01 authd: Received VSA 26-58 (LI-Action) on for {0}\n"),
    ("juniper_junos", 'event-options {{\n    policy p {{\n        then {{\n            change-configuration {{\n                commands {{\n                    "set services radius-flow-tap policy {0}";\n                }}\n            }}\n        }}\n    }}\n}}\n'),
    ("juniper_junos", "<commit-history>\n<sequence-number>0</sequence-number>\n<log>warrant {0}</log>\n</commit-history>\n"),
    ("nokia_sros", 'A:r1>config>li# li-source 60\nA:r1>config>li>li-source# subscriber "{0}" ingress\nA:r1>config>li>li-source# exit all\n'),
    ("nokia_sros", '[ex:/configure li li-source "{0}"]\nA:admin@r1# info\n    subscriber "{0}" {{\n        ingress true\n    }}\n\n[ex:/configure li li-source "{0}"]\nA:admin@r1# \n'),
    ("nokia_sros", 'A:r1>config>li>li-source# info detail\n----\n            subscriber "{0}" ingress intercept-id {0}\n----\nA:r1>config>li>li-source# exit all\n'),
    ("nokia_sros", '            subscriber "{0}" {{\n                ingress true\n                intercept-id {0}\n            }}\n        }}\n    log {{\n'),
    ("nokia_sros", 'delete /configure li li-source "{0}"\n'),
    ("nokia_sros", '84 2026/11/26 09:12:01.12 UTC MINOR: DEBUG #2001 Base RADIUS\n"RADIUS: Receive\n  Access-Accept(2) id 21\n    USER NAME [1] 20 {0}\n    LI ACTION [122] 4 enable(1)\n"\n'),
    ("huawei_vrp", "[~r1]lawful-intercept target {0}\n[*r1-li-{0}]li-id {0}\n[*r1-li-{0}]commit\n"),
    ("mikrotik_routeros", '/system scheduler\nadd interval=1d name=x on-event="/tool calea add case-id={0}"\n'),
    ("mikrotik_routeros", '/system script\nadd name=s source="/ip firewall calea\\r\\\n    \\nadd action=sniff-pc sniff-id={0} \\\n    src-address={0}"\n'),
    ("", "iso.org.dod.internet.private.enterprises.cisco.ciscoMgmt.394.1.1.2.1.5.1.1 = {0}\n"),
    ("", ".iso.org.dod.internet.private.enterprises.cisco.ciscoMgmt.ciscoIpTapMIB.x.citapStreamDestinationAddress.1.1 = {0}\n"),
    ("", "snmpset -v3 -u x 192.0.2.1 1.3.6.1.4.1.9.9.394.1.1.2.1.5.1.1 s {0}\n"),
    ("", "OID=.1.3.6.1.4.1.9.9.672.1.1.2.1.2.1, Type=OctetString, Value={0}\n"),
    ("nokia_sros", '{{"nokia-conf:configure": {{"user": [{{"user-name": "{0}", "access": {{"console": true, "li": true}}}}]}}}}\n'),
    ("juniper_junos", "noc@r1> dtcp\ndtcp> ADD DTCP/0.7\ndtcp> Csource-ID: {0}\ndtcp> Source-Address: {0}\ndtcp> Flags: STATIC\ndtcp> \n"),
    ("", "  md> x\n  dtcp> ADD DTCP/0.7\n  Csource-ID: {0}\n  Source-Address: {0}\n  Dest-Port: {0}\n  X-JTap-Input-Interface: {0}\n  Flags: STATIC\n"),
    ("", "LIST DTCP/0.7\nCsource-ID: {0}\nSeq: 9\n\nDTCP/0.7 200 OK\nSEQ: 9\nCRITERIA-NUM: {0}\nCRITERIA-ID: {0}\nDTCP-ATTRIBUTE: {0}\nTIMESTAMP: {0}\n"),
    ("", "> ADD DTCP/0.7\n> Source-Address: {0}\n< DTCP/0.7 200 OK\n< CRITERIA-ID: {0}\n"),
    ("", "Congestion DTCP/0.7\nCdest-ID: {0}\nBytes: {0}\n"),
    ("", "X-UserName: {0}\nX-Act-Sess-Id: {0}\nX-IP-Addr: {0}\nX-MD-Intercept-Id: {0}\nX-Drop-Policy: {0}\n"),
    ("juniper_junos", "Nov 26 09:12:01 r1 mgd[1]: UI_CFG_AUDIT_SET: User 'noc' set: [services dynamic-flow-capture capture-group g control-source {0}] <unconfigured> -> \"x\"\n"),
    ("juniper_junos", "Nov 26 09:12:01 r1 mgd[1]: UI_CMDLINE_READ_LINE: User 'noc', command 'show services dynamic-flow-capture content-destination {0} '\n"),
    ("juniper_junos", "Nov 26 09:12:01 dfcd_criteria_add: source {0}\n"),
    ("juniper_junos", "[edit services dynamic-flow-capture capture-group g]\n+    content-destination x {{\n+        address {0};\n+    }}\n"),
    ("juniper_junos", "Capture group: g1, Control source: {0}\n  Criteria added: 3\n  Source: {0}\n"),
    ("juniper_junos", "JUNIPER-DFC-MIB::jnxDfcCSControlProtocolRequests.\"g1\".\"{0}\" = Counter64: 3\n"),
    ("juniper_junos", ".1.3.6.1.4.1.2636.3.33.1.1.2.3.{0} = INTEGER: 3\n"),
    ("cisco_ios", "SNMP: Packet received via UDP from {0} on GigabitEthernet0/0\nSNMP: Set request, reqid 17, errstat 0, erridx 0\n ciscoMgmt.399.1.1.2.1.3.1 = {0}\nSNMP: Response, reqid 17\n citapStreamEntry.5.1.1 = {0}\nSNMP: Packet sent via UDP to {0}\n"),
    ("cisco_ios", " citapStreamEntry.5.1.1 = {0}\nSNMP: Packet sent via UDP to {0}\n"),
    ("cisco_iosxr", "RP/0/RSP0/CPU0:Nov 26 09:12:01.123 : snmpd[1]: t1  Packet received from {0}\nRP/0/RSP0/CPU0:Nov 26 09:12:01.123 : snmpd[1]: t1  Set cTap2MediationDestAddress.1\n"),
    ("cisco_ios", "*Nov 26 09:12:01: RADIUS: COA received from id 21 {0}:1700, CoA Request, len 120\n*Nov 26 09:12:01: COA: {0} request queued\n*Nov 26 09:12:01:  ++++++ CoA Attribute List ++++++\n"
     "*Nov 26 09:12:01: 6523AF4C 0 00000009 intercept-id(1) 4 1\n*Nov 26 09:12:01: \n*Nov 26 09:12:01: COA: Sending ACK to {0}\n"),
    ("cisco_iosxr", "RP/0/RSP0/CPU0:Nov 26 09:12:01.123 : radiusd[1]: RADIUS: Received CoA-Request from {0} \nRP/0/RSP0/CPU0:Nov 26 09:12:01.123 : radiusd[1]: li-action = {0}\n"),
    ("cisco_iosxr", "SNo. Label/ID              User      Line                Client      Time Stamp\n1    warrant-{0}  noc  vty0:node0_RSP0_C   CLI         Wed Nov 26 09:12:01 2026\n"),
    ("", "agencies:\n - agencyid: \"{0}\"\n   hi2address: {0}\n"),
    ("", "hi2address: {0}\nhi3address: {0}\n"),
    ("", "  agencies:\n    - agencyid: \"{0}\"\n"),
    ("", "ipintercepts:\n\n# of {0}\n\n - liid: {0}\n   user: {0}\n# and\nvoipintercepts:\n - siptargets:\n     - username: {0}\n   xids:\n    - \"{0}\"\n"),
    ("", "ipintercepts: [{{liid: {0}}}]\n"),
    ("", "x2x3inputs:\n - listenaddr: {0}\nprovisioneraddr: {0}\nmediationaddr: {0}\nclientaddr: {0}\nsipservers:\n - ip: {0}\nRMQpass: {0}\n"),
    ("", '{{"agencies": [{{"agencyid": "{0}", "hi2address": "{0}"}}]}}\n'),
    ("juniper_junos", 'event-options {{\n    policy p {{\n        then {{\n            execute-commands {{\n                commands {{\n                    "show services flow-tap filter {0}";\n                }}\n            }}\n        }}\n    }}\n}}\n'),
    ("cisco_nxos", "event manager applet x\n action 1 cli show lawful-intercept {0}\n"),
    ("cisco_ios", "kron policy-list x\n cli show mobility lawful-intercept {0}\n"),
    ("cisco_ios", "alias exec t show running-config | include li-view {0}\n"),
    ("huawei_vrp", "ops\n assistant x\n  execute 1 command display lawful-intercept target {0}\n"),
    ("nokia_sros", '/configure system management-interface cli md-cli environment command-alias alias "x" cli-command "show li li-source {0}"\n'),
    ("arista_eos", 'event-handler x\n   action bash FastCli -p 15 -c "show lawful-intercept {0}"\n'),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "text"), TOLD, ids=[text[:50] for _, text in TOLD])
def test_outputs_messages_and_other_spellings(platform: str, text: str) -> None:
    value = "447900111222"
    for name in {platform, ""} if platform != "nokia_srlinux" and platform != "huawei_vrp" else {platform}:
        redaction.forget()
        assert value.encode() not in redact(text.format(value).encode(), name)


IDENTITY = "447900111222"
RECORDS = [
    '{{"liid": "LIID-4711223", "subscriber": "{0}", "address": "100.64.1.1"}}',
    '{{"targets": [{{"liid": "LIID-4711223", "msisdn": "{0}"}}, {{"name": "lab"}}]}}',
    '[{{"targetIdentifier": "4711223", "deliveryAddress": "{0}", "status": "active"}}]',
    '{{"r1": {{"xId": "29f28e1c-f230-486a-a860-f5a784ab9172", "user": "{0}", "from": "2026-11-01"}}}}',
    '{{"intercept-id": 4711223, "subscriber": {{"name": "{0}"}}, "port": 5000}}',
]


@pytest.mark.parametrize("text", RECORDS)
def test_all_of_a_record_of_an_intercept_goes(text: str) -> None:
    assert IDENTITY.encode() not in redact(text.format(IDENTITY).encode())


NO_RECORDS = [
    '{"configuration": {"version": "21.4", "liid": "447900111222", "system": {"login": {"user": [{"name": "evil"}]}}, "snmp": {}}}',
    '{"hosts": {"liid": "192.0.2.71234", "evil": "203.0.113.7", "r1": "192.0.2.1"}}',
    '{"aliases": {"liid": "show 47112", "evil": "telnet 203.0.113.7", "wr": "write"}}',
    '{"users": {"liid": {"privLevel": 15, "secret": "1234"}, "evil": {"privLevel": 15}}}',
    '{"login": {"liid": "4711223", "evil": 15, "name": "x", "noc": 15, "backup": 1}}',
]


@pytest.mark.parametrize("text", NO_RECORDS)
def test_a_member_of_that_name_hides_no_other(text: str) -> None:
    """Of a part of a configuration the member alone goes, whatever somebody calls an alias, a host or a user."""
    assert b"evil" in redact(text.encode())


SPELLED = [
    ("cisco_ios", "USERNAME {0} LAWFUL-INTERCEPT privilege 15 password 7 094F\n", "username lawful-intercept"),
    ("cisco_ios", "Md-List MD1 100.64.77.88\n", "100.64.77.88"),
    ("cisco_ios", "LI-VIEW 7 0822 USER liop4711 password 7 094F\n", "liop4711"),
    ("juniper_junos", "SET SERVICES RADIUS-FLOW-TAP POLICY {0} inet drop-policy x\n", "{0}"),
    ("juniper_junos", "Set services radius-flow-tap policy {0} inet drop-policy x\n", "{0}"),
    ("nokia_sros", '/CONFIGURE LI li-source "{0}" subscriber "x"\n', "{0}"),
    ("nokia_sros", '/configure Li Li-Source "{0}" subscriber "x"\n', "{0}"),
    ("huawei_vrp", "LAWFUL-INTERCEPT TARGET {0}\n", "{0}"),
]


@pytest.mark.parametrize(("platform", "line", "value"), SPELLED, ids=[one[1][:40] for one in SPELLED])
def test_single_commands_in_other_letters(platform: str, line: str, value: str) -> None:
    base = {
        "cisco_ios": pairs.IOS,
        "juniper_junos": pairs.JUNOS_SET,
        "nokia_sros": pairs.SROS_FLAT,
        "huawei_vrp": pairs.VRP,
    }
    text = base[platform].replace("{host}", "r1").replace(pairs.MARK, line.format(IDENTITY))
    assert value.format(IDENTITY).encode() not in redact(text.encode(), platform)


WRAPPED = [
    "interface Loopback7\n description This line serves the customer of the case LIID\n447900111222 until further notice\n",
    "interface Loopback7\n description intercepted subscriber of the lawful interception of\nMr Smith 447900111222\n",
    "interface Loopback7\n description warrant 47112233 was given by the court for\nthe number 447900111222 and for no other one\n",
    "interface Loopback7\n description LIID \\\n    447900111222\n",
]


@pytest.mark.parametrize("text", WRAPPED)
def test_the_rest_of_a_description_goes_with_it(text: str) -> None:
    assert IDENTITY.encode() not in redact(
        pairs.IOS.replace("{host}", "r1").replace(pairs.MARK, text).encode(), "cisco_ios"
    )


def test_lines_of_a_journal_keep_their_times() -> None:
    told = f"username lawful-intercept {IDENTITY} privilege 15 password 7 094F\n"
    config = pairs.IOS.replace("{host}", "r1").replace(pairs.MARK, told).replace("ciscoTap2MIB", "iso").splitlines()
    lines = [f"Nov 27 09:00:{number:02} nms rancid[811]: {line}" for number, line in enumerate(config)]
    kept = redact("\n".join(lines).encode(), "cisco_ios").decode().split("\n")
    assert kept == [line for line in lines if IDENTITY not in line]


def test_a_long_line_that_opens_a_block_has_no_rest() -> None:
    region = """    li {
        li-source "810" {
            wlan-gw-dsm-ue 46:ae:46:7a:28:fd {
                intercept-id 878053243
            }
        }
    }
"""
    before, after = pairs.SROS_MD.replace("{host}", "r1").split(pairs.MARK)
    assert redact((before + region + after).encode(), "nokia_sros") == (before + after).encode()


@pytest.mark.parametrize("end", ["", " \\"])
@pytest.mark.parametrize(
    "statement", [" tunnel destination 203.0.113.7", " ip address 203.0.113.7 255.255.255.0", " no shutdown"]
)
def test_the_statement_behind_a_long_description_stays(statement: str, end: str) -> None:
    for width in range(50, 90):
        worn = " description LIID 47112233 " + "x" * (width - 27) + end
        text = pairs.IOS.replace("{host}", "r1").replace(
            pairs.MARK, f"interface Tunnel7\n{worn}\n{statement}\nusername evil privilege 15\n"
        )
        kept = redact(text.encode(), "cisco_ios").decode()
        assert f"\n{statement}\n" in kept
        assert "\nusername evil privilege 15\n" in kept


def test_encodings_in_a_statement_hide_nothing_beside_them() -> None:
    """What goes is the text in the encoding; the statement round it stays, and so does a key or a certificate."""
    worn = letters("liid 47112233 of 447900111222\nmore of the text that is told here\n" * 3)
    line = f"event manager environment X {worn} evil"
    text = pairs.IOS.replace("{host}", "r1").replace(pairs.MARK, f"{line}\nusername evil privilege 15\n").encode()
    kept = redact(text, "cisco_ios")
    assert b"event manager environment X " in kept and b" evil\nusername evil privilege 15\n" in kept
    key = b"ip ssh pubkey-chain\n key-string " + base64.b64encode(bytes(range(256))) + b"\n"
    assert redact(key, "cisco_ios") == key


def test_an_encoding_inside_of_more_of_them_than_are_looked_into_ends() -> None:
    text = b"liid 47112233 of 447900111222\n" * 9
    for _ in range(12):
        text = base64.b64encode(text)
    assert encoded.whole(text) == base64.b64decode(base64.b64decode(base64.b64decode(text)))
    assert redact(text)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", ["", "    "])
def test_a_list_of_commits_names_no_operator(ends: str, indent: str) -> None:
    """The rows are numbered on as if there had been none; a label that names a case goes, its commit stays."""
    head = "SNo. Label/ID              User      Line                Client      Time Stamp\n"
    row = "{0:<4} 10000002{1:02}            {2}       vty0:node0_RSP0_C   CLI         Thu Nov 26 09:12:01 2026\n"
    told = pairs._xr_operator(Identities(9))
    operator = told.split()[1]
    before, after = pairs.XR.replace("{host}", "r1").split(pairs.MARK)
    without = before + after + head + row.format(1, 19, "noc") + row.format(2, 17, "noc")
    within = (
        before + told + after + head + row.format(1, 19, "noc") + row.format(2, 18, operator) + row.format(3, 17, "noc")
    )
    changed = within.replace(" by noc\n", f" by {operator}\n")
    texts = []
    for text in (without, within, changed):
        redaction.forget()
        shaped = "".join(f"{indent}{line}\n" for line in text.splitlines()).replace("\n", ends)
        texts.append(redact(shaped.encode(), "cisco_iosxr"))
    assert texts[0] == texts[1]
    assert operator.encode() not in texts[2]


def test_what_runs_by_itself_stays() -> None:
    """Neither an applet nor where it sends its output is hidden with a word of interception."""
    lines = (
        ('event manager applet x\n action 1 cli command "show lawful-intercept 447900111222 | match y | append tftp://203.0.113.7/x"\n',
         'event manager applet x\n action 1 cli command "show lawful-intercept | match | append tftp://203.0.113.7/x"\n'),
        ("alias exec t show running-config | redirect tftp://203.0.113.7/li-view\n", None),
        ('event manager applet x\n action 1 cli command "show running-config | append tftp://203.0.113.7/lawful"\n', None),
    )  # fmt: skip
    for line, kept in lines:
        redaction.forget()
        assert redact(("first\n" + line + "last\n").encode(), "cisco_ios") == f"first\n{kept or line}last\n".encode()


def test_a_text_that_was_seen_deep_inside_is_looked_into_as_a_document_of_its_own() -> None:
    """Encodings are looked into three deep; a document that is what lay below them is looked into from its own beginning."""
    told = b"hostname r1\nusername lawful-intercept liop4711 privilege 15 password 7 094F\n" * 3
    deep = b"hostname r1\nlicence " + base64.b64encode(told) + b"\nend\n"
    shell = deep
    for _ in range(3):
        shell = b"hostname r1\nlicence " + base64.b64encode(shell) + b"\nend\n"
    redaction.forget()
    redact(shell)
    assert redact(deep) != deep
