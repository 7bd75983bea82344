"""What was met in real files: one test for each item of the list of parsing traps that can occur on Junos."""

from collections.abc import Callable

import pytest

from auditor.model.areas import PointKind, ServiceKind
from auditor.model.evidence import Known, Unknown
from auditor.model.facts import Facts
from auditor.platforms.common.definition import Reading
from auditor.platforms.juniper_junos import platform
from auditor.syntax.text import decode

Read = Callable[[str | bytes], Facts]
FLAT = b"set version 22.4R3\nset system host-name r1\nset system services ssh\n"
CURLY = """
version 22.4R3;
system {
    host-name r1;
    services {
        ssh;
    }
}
"""


def test_1_line_ends(facts: Read) -> None:
    """Trap 1: CRLF, LF and both, no newline at the end, a NUL after the last word."""
    for text in (FLAT.replace(b"\n", b"\r\n"), FLAT.replace(b"\n", b"\r\n", 1), CURLY.encode().rstrip() + b"\0"):
        found = facts(text)
        assert (found.hostname, found.services.state(ServiceKind.SSH).need()) == ("r1", True)
    assert isinstance(facts(FLAT.rstrip()).complete, Unknown), "flat lines that end in a word may be cut"
    assert isinstance(facts(CURLY.encode().rstrip()).complete, Known)


def test_2_encodings(facts: Read) -> None:
    """Trap 2: Latin-1, GBK and broken UTF-8 in descriptions."""
    found = facts(
        FLAT
        + b'set interfaces ge-0/0/0 description "caf\xe9 \xb1\xb1"\nset interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24\n'
    )
    (port,) = found.interfaces.interfaces
    assert port.description == "caf\\xe9 \\xb1\\xb1"


def test_3_noise_of_a_capture(facts: Read) -> None:
    """Trap 3: echoed command, prompts, the state of the routing engine, the pager."""
    text = f"admin@r1> show configuration | no-more \n{CURLY}\n{{master:0}}\nadmin@r1> \n"
    found = facts(text.encode())
    assert (found.hostname, isinstance(found.complete, Known), found.coverage[0].unread) == ("r1", True, ())
    paged = CURLY.replace("    services {", "---(more 40%)---\n    services {")
    assert isinstance(facts(paged.encode()).complete, Unknown)
    assert facts(paged.encode()).services.state(ServiceKind.SSH).need() is True


def test_4_headers_of_collectors_are_no_configuration(facts: Read) -> None:
    """Trap 4: RANCID and oxidized put outputs into comments."""
    head = "# RANCID-CONTENT-TYPE: juniper\n# system services telnet;\n# set system services ftp\n# Model: mx240\n## Last commit: 2024-01-01 by eve\n"
    found = facts((head + CURLY.lstrip()).encode())
    assert found.services.state(ServiceKind.TELNET).need() is False
    assert found.services.state(ServiceKind.FTP).need() is False
    assert found.system.model.need() == "mx240"


def test_5_copied_documents(facts: Read) -> None:
    """Trap 5: Markdown fences with a title above, line numbers in front."""
    plain = facts(CURLY.encode())
    fenced = f"# Router r1\n\n```junos\n{CURLY.strip()}\n```\n"
    numbered = "".join(f"{number:5}|  {line}\n" for number, line in enumerate(CURLY.strip().splitlines(), 301))
    for text in (fenced, numbered, numbered.replace("|  ", ": ")):
        lines = decode(text.encode())
        found = platform.detect(lines)
        assert found is not None and found.confidence >= 60
        assert [name for _, name in platform.hosts(lines)] == ["r1"]
        assert (facts(text.encode()).hostname, isinstance(facts(text.encode()).complete, Known)) == ("r1", True)
        assert facts(text.encode()).services.state(ServiceKind.SSH) == Known(
            True, facts(text.encode()).access.points[0].protocol_sources
        )
    assert plain.hostname == "r1"
    listed = "set policy-options prefix-list P 10.0.0.0/8\n1 2\n"
    assert platform.detect(decode(listed.encode())) is not None


def test_6_scripts_of_commands_are_no_whole_configuration(facts: Read) -> None:
    """Trap 6: what is loaded into a device changes a configuration that is not in the document."""
    for line in (
        "delete system services telnet",
        "rename interfaces ge-0/0/0 to ge-0/0/1",
        "insert firewall filter F term a before term b",
    ):
        assert isinstance(facts(FLAT + line.encode() + b"\n").complete, Unknown), line
    assert isinstance(facts(CURLY.replace("    services", "    replace: services").encode()).complete, Unknown)


def test_7_fragments(facts: Read) -> None:
    """Trap 7: parts that somebody left out, and files that are only a part."""
    for text in (
        CURLY.replace("        ssh;", "        ..."),
        CURLY.replace("version 22.4R3;\n", ""),
        "interfaces {\n    lo0;\n}\n",
    ):
        assert isinstance(facts(text.encode()).complete, Unknown)
    found = facts(b"interfaces {\n    lo0 {\n        unit 0;\n    }\n}\n")
    assert all(isinstance(one.enabled, Unknown) for one in found.services.found)


def test_10_long_lines(facts: Read) -> None:
    """Trap 10: single lines of a megabyte, many lines."""
    members = " ".join(f"v{number}" for number in range(100_000))
    found = facts(FLAT + f"set vlans V interface [ {members} ]\n".encode())
    assert isinstance(found.complete, Known)
    text = FLAT + f'set interfaces ge-0/0/0 description "{"x" * 1_000_000}"\n'.encode()
    assert len(facts(text).interfaces.interfaces[0].description) == 1_000_000


def test_13_texts_that_look_like_configuration(facts: Read) -> None:
    """Trap 13: a banner may say anything."""
    banner = r'system { login { message "\n ! } system { services { telnet; } }\n set system services ftp\n"; } }'
    found = facts(f"{CURLY}{banner}\n".encode())
    assert found.services.state(ServiceKind.TELNET).need() is False
    assert isinstance(found.complete, Known)
    assert found.system.banners[0].before_login


def test_16_comments_over_several_lines(facts: Read) -> None:
    """Trap 16: the first statement may follow on the line that closes a comment."""
    found = facts(b"version 1;\n/* services { telnet; }\n   more */system {\n    host-name r2;\n}\n")
    assert (found.hostname, found.services.state(ServiceKind.TELNET).need()) == ("r2", False)


def test_20_repeated_contexts_merge(facts: Read) -> None:
    """Trap 20: a block may be opened again."""
    found = facts(f"{CURLY}system {{\n    services {{\n        telnet;\n    }}\n}}\n".encode())
    assert {one.name for one in found.access.points if one.kind is PointKind.REMOTE} == {"ssh", "telnet"}


def test_23_indentation_means_nothing(facts: Read) -> None:
    """Trap 23: hand-edited files."""
    flattened = "\n".join(line.strip() for line in CURLY.splitlines())
    assert facts(flattened.encode()).services.state(ServiceKind.SSH).need() is True
    assert facts(" ".join(CURLY.split()).encode() + b"\n").hostname == "r1"


GROUPS = """
set groups re0 system host-name r1-re0
set groups ALL interfaces <ge-*> unit <*> family inet filter input DIVERT
set groups node0 system services telnet
set groups OFF system services ftp
set apply-groups [ re0 ALL ]
set apply-groups "${node}"
set interfaces ge-0/0/0 unit 0 family inet address 192.0.2.1/24
set interfaces xe-0/0/0 unit 0 family inet address 192.0.2.5/24
set interfaces interface-range CUST member ge-0/0/7
set interfaces interface-range CUST member-range ge-0/0/8 to ge-0/0/9
set interfaces interface-range CUST unit 5 family inet filter input OTHER
set policy-options prefix-list PEERS apply-path "protocols bgp group <*> neighbor <*>"
set protocols bgp group G neighbor 203.0.113.1 peer-as 65001
"""


def test_26_what_stands_elsewhere(facts: Read) -> None:
    """Trap 26: groups, wildcards, groups of a node or routing engine, `apply-path`, interface ranges."""
    found = facts(b"set version 22.4R3\n" + GROUPS.encode())
    assert found.hostname == "r1-re0"
    assert found.services.state(ServiceKind.TELNET).need() is True
    assert found.services.state(ServiceKind.FTP).need() is False
    bound = {port.name: [one.name for one in port.filters_in] for port in found.interfaces.interfaces}
    assert bound == {
        "ge-0/0/0.0": ["DIVERT"], "xe-0/0/0.0": [], "ge-0/0/7.5": ["OTHER"], "ge-0/0/8.5": ["OTHER"], "ge-0/0/9.5": ["OTHER"],
    }  # fmt: skip
    (listed,) = found.acls.prefix_lists
    assert [entry.prefix for entry in listed.entries] == ["203.0.113.1/32"]
    lines = {one.filters_in[0].bound.line for one in found.interfaces.interfaces if one.filters_in}
    assert lines == {4, 13}


def test_26_members_by_wildcard(facts: Read) -> None:
    """Trap 26: a wildcard names interfaces that are written."""
    text = (
        'set version 1\nset system host-name r1\nset interfaces interface-range R member "ge-0/0/[0-1]"\nset interfaces interface-range R disable\n'
        + "".join(
            f"set interfaces ge-0/0/{number} unit 0 family inet address 192.0.2.{number}/32\n" for number in range(3)
        )
    )
    found = facts(text.encode())
    assert [(port.name, port.shutdown) for port in found.interfaces.interfaces] == [
        ("ge-0/0/0.0", True),
        ("ge-0/0/1.0", True),
        ("ge-0/0/2.0", False),
    ]


def test_27_inactive_parts(facts: Read) -> None:
    """Trap 27: `inactive:` and `deactivate`, `protect:`, marks of secrets, comments."""
    text = CURLY.replace(
        "        ssh;",
        "        ssh;\n        inactive: telnet;\n        protect: ftp;\n        # finger;",
    )
    found = facts(text.encode()).services
    assert [found.state(kind).need() for kind in (ServiceKind.TELNET, ServiceKind.FTP, ServiceKind.FINGER)] == [
        False,
        True,
        False,
    ]
    first = facts(b"deactivate system services telnet\n" + FLAT + b"set system services telnet\n")
    assert first.services.state(ServiceKind.TELNET).need() is False
    back = facts(
        FLAT + b"set system services telnet\ndeactivate system services telnet\nactivate system services telnet\n"
    )
    assert back.services.state(ServiceKind.TELNET).need() is True


def test_28_lists_and_quotes(facts: Read) -> None:
    """Trap 28: one word or a list; marks inside quotes; a quote that is never closed."""
    one = facts(FLAT + b"set system authentication-order tacplus\n").aaa.login_lists[0]
    several = facts(FLAT + b"set system authentication-order [ tacplus password ]\n").aaa.login_lists[0]
    split = facts(
        FLAT + b"set system authentication-order tacplus\nset system authentication-order password\n"
    ).aaa.login_lists[0]
    assert (len(one.methods), several.methods) == (1, split.methods)
    text = CURLY.replace("    host-name r1;", '    host-name r1;\n    location building "a; { ## b";')
    assert facts(text.encode()).services.state(ServiceKind.SSH).need() is True
    broken = facts(f'{CURLY}snmp {{\n    contact "NOC 555-0100\n    community abc;\n}}\n'.encode())
    assert (len(broken.snmp.communities), isinstance(broken.complete, Unknown)) == (1, True)


@pytest.mark.parametrize("text", ["// to leaf-1", "## core ##", "!!! do not touch", "# x", "/* x */"])
def test_29_descriptions_that_look_like_comments(facts: Read, text: str) -> None:
    """Trap 29: quoted text is no comment."""
    found = facts(FLAT + f'set interfaces ge-0/0/0 description "{text}"\n'.encode())
    assert found.interfaces.interfaces[0].description == text


def test_30_names_with_special_characters(facts: Read) -> None:
    """Trap 30: colons, blanks in quotes."""
    found = facts(
        FLAT
        + b'set routing-instances 10100:339651554 routing-options static route 10.0.0.0/8 next-hop 192.0.2.1\nset firewall filter "F:V6 IN" term "a b" then accept\n'
    )
    assert (found.routes.static[0].vrf, found.acls.lists[0].name) == ("10100:339651554", "F:V6 IN")


@pytest.mark.parametrize("value", ["<removed>", "*", "REMOVED", "/* SECRET-DATA */", '"$9$SECRET_REMOVED"'])
def test_32_what_was_scrubbed_is_not_judged(facts: Read, value: str) -> None:
    """Trap 32: the place is evidence, the value is not."""
    (server,) = facts(
        f"version 1;\nsystem {{\n    tacplus-server {{\n        192.0.2.1 secret {value}; ## SECRET-DATA\n    }}\n}}\n".encode()
    ).aaa.servers
    assert server.secret is not None
    assert server.secret.redacted, value


def test_32_a_block_that_was_emptied(facts: Read) -> None:
    """Trap 32: `root-authentication { }` is no empty password."""
    root = facts(b"version 1;\nsystem {\n    root-authentication {\n    }\n}\n").accounts.users[0]
    assert (root.passwordless, root.secret) == (False, None)


def test_33_values_with_blanks(facts: Read, reading: Callable[[bytes], Reading]) -> None:
    """Trap 33: a secret of several words is one secret."""
    text = FLAT + b'set system tacplus-server 192.0.2.1 secret "MY KEY secret 0" port 50\n'
    (server,) = facts(text).aaa.servers
    assert (server.port, server.secret is not None and server.secret.storage) == (50, "plain text")
    assert "MY KEY" not in repr(reading(text))


def test_34_words_in_the_wrong_place(facts: Read) -> None:
    """Trap 34: words in rules, names and descriptions are no statements."""
    found = facts(
        FLAT
        + b'set system login class C deny-commands "set system services telnet"\n'
        + b"set firewall filter telnet term ftp from port telnet\nset firewall filter telnet term ftp then accept\n"
        + b'set interfaces ge-0/0/0 description "packet mirror; system services ftp"\n'
        + b"set applications application finger destination-port 79\n"
    )
    assert [
        found.services.state(kind).need() for kind in (ServiceKind.TELNET, ServiceKind.FTP, ServiceKind.FINGER)
    ] == [False] * 3
    assert found.mirrors.sessions == ()


def test_36_only_one_family_is_protected(facts: Read) -> None:
    """Trap 36: a filter of IPv4 does nothing for IPv6."""
    base = (
        FLAT
        + b"set interfaces lo0 unit 0 family inet filter input RE\nset interfaces lo0 unit 0 family inet6 address 2001:db8::1/128\n"
        + b"set firewall family inet filter RE term a from source-address 10.0.0.0/8\nset firewall family inet filter RE term a then accept\n"
    )
    assert facts(base).access.points[0].open_families.need() == (6,)
    six = b"set interfaces lo0 unit 0 family inet6 filter input RE6\nset firewall family inet6 filter RE6 term a then discard\n"
    assert facts(base + six).access.points[0].open_families.need() == ()


def test_37_defaults_are_tagged(facts: Read) -> None:
    """Trap 37: what is written and what is assumed are told apart."""
    found = facts(FLAT)
    on, off = found.services.state(ServiceKind.SSH), found.services.state(ServiceKind.TELNET)
    assert isinstance(on, Known) and isinstance(off, Known)
    assert (on.default, bool(on.sources), bool(off.default), off.sources) == ("", True, True, ())


def test_38_old_forms(facts: Read) -> None:
    """Trap 38: `firewall filter` without a family, options of a server on its line, the old analyzer."""
    found = facts(
        FLAT
        + b"set firewall filter OLD term a then accept\n"
        + b'set system radius-server 192.0.2.1 secret "$9$a" timeout 3 port 1645\n'
        + b"set ethernet-switching-options analyzer A input ingress interface ge-0/0/0.0\nset ethernet-switching-options analyzer A output vlan V\n"
    )
    assert (found.acls.lists[0].name, found.acls.lists[0].family) == ("OLD", 4)
    assert found.aaa.servers[0].port == 1645
    assert [(end.kind, end.value) for end in found.mirrors.sessions[0].destinations] == [("vlan", "V")]


def test_39_statements_that_take_back(facts: Read) -> None:
    """Trap 39: what a later line removes is gone, and where nothing was to remove the document says so."""
    gone = facts(FLAT + b"set system services telnet\ndelete system services telnet\n")
    assert gone.services.state(ServiceKind.TELNET) != Known(True)
    assert not any(one.name == "telnet" for one in gone.access.points)


def test_40_damage(facts: Read) -> None:
    """Trap 40: unknown words stay, are reported in their area, and stop nothing."""
    found = facts(
        FLAT
        + b"set system servcies telnet\nset snmp comunity x\nset interfaces ge-0/0/0 unit 0 family inet address 300.1.1.1/24\n"
    )
    assert found.hostname == "r1"
    assert [source.line for source in found.coverage[0].unread] == [4, 5]
    assert found.interfaces.interfaces[0].addresses == ("300.1.1.1/24",)


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 1000,
        bytes(range(256)) * 20,
        b"\xff\xfe" * 500,
        b"{" * 5000,
        b'{"configuration" : ' + b"[" * 5000,
        b"<configuration>" * 3000,
    ],
)
def test_any_bytes_are_read(reading: Callable[[bytes], Reading], content: bytes) -> None:
    found = reading(content).facts
    assert not isinstance(found.complete, Known)
    coverage = found.coverage[0]
    assert coverage.lines == coverage.understood + coverage.irrelevant + len(coverage.unread)
