"""The traps of real files that can occur on SR OS (parsing-traps.md); each test fails if its handling is removed."""

from __future__ import annotations

import pytest

from auditor.model.areas import Area
from auditor.model.evidence import Code, Known, Unknown
from auditor.platforms.nokia_sros import platform
from tests import growth
from tests.platforms.nokia_sros import device
from tests.platforms.nokia_sros.sros import FINISHED, HEADER, classic, facts, flat, md, read


def users(text: str | bytes) -> list[str]:
    return [user.name for user in facts(text).accounts.users]


@pytest.mark.parametrize("text", [md(device.MD), classic(device.CLASSIC), flat(device.flat_lines()), device.xml()])
def test_1_line_ends(text: str) -> None:
    """Trap 1: CRLF, no line feed at the end, a NUL after the last word."""
    plain = facts(text)
    for other in (text.replace("\n", "\r\n"), text.rstrip("\n"), text.rstrip("\n") + "\0"):
        found = facts(other.encode())
        assert found.areas == plain.areas
        assert isinstance(found.complete, Known)


def test_2_encodings() -> None:
    """Trap 2: bytes that are no UTF-8 stay evidence and break nothing."""
    text = md(device.MD).encode().replace(b'description "core"', 'description "c\xf6re"'.encode("latin-1"))
    (port,) = [one for one in facts(text).interfaces.interfaces if one.name == "1/1/1"]
    assert port.description == "c\\xf6re"


def test_3_noise_before_and_after() -> None:
    """Trap 3: the echoed command, prompts of both engines, and rulers are no statements."""
    before = "\n[/]\nA:admin@pe1# admin show configuration configure full-context\n"
    after = "\n[/]\nA:admin@pe1# logout\nINFO: CLI #2051: Exiting\n"
    noisy = facts(before + md(device.MD) + after)
    assert noisy.coverage[0].unread == ()
    assert isinstance(noisy.complete, Known) and len(noisy.accounts.users) == 1
    old = facts("*A:pe1# admin display-config\n" + classic(device.CLASSIC) + "*A:pe1# \n")
    assert old.coverage[0].unread == () and isinstance(old.complete, Known)
    tagged = facts("A:admin@pe1# \n" + device.xml() + "]]>]]>\n")
    assert tagged.hostname == "pe1"


def test_4_headers_of_collectors() -> None:
    """Trap 4: whole outputs in comments are never configuration."""
    comments = '# user "admin" password "x"\n#     telnet-server true\n# /configure system security ftp-server true\n'
    found = facts("#RANCID-CONTENT-TYPE: sros\n" + comments + md(device.MD))
    assert [user.name for user in found.accounts.users] == ["noc"]
    assert facts(comments + classic(device.CLASSIC)).areas[Area.SERVICES] is not None
    assert users(comments + classic(device.CLASSIC)) == ["noc"]


def test_5_fences() -> None:
    """Trap 5: a Markdown fence around the configuration is no statement."""
    assert facts("```\n" + md(device.MD) + "```\n").coverage[0].unread == ()


@pytest.mark.parametrize("mark", ["{:5}| ", "{}: ", "{:6}\t"])
def test_5_numbers_in_front(mark: str) -> None:
    """Trap 5: a viewer numbered the lines; intercepts behind the numbers are dropped as well."""
    for text in (md(device.MD), classic(device.CLASSIC)):
        numbered = "\n".join(mark.format(number) + line for number, line in enumerate(text.split("\n"), 1))
        assert facts(numbered).areas == facts(text).areas
        found = platform.detect(numbered.split("\n"))
        assert found is not None and found.confidence >= 80
    taps = 'configure {\n    li {\n        li-source "T4rg3t" {\n        }\n    }\n    system {\n    }\n}'
    numbered = "\n".join(mark.format(number) + line for number, line in enumerate(taps.split("\n"), 1))
    assert "T4rg3t" not in repr(read(numbered))


def test_6_edits_are_no_configuration() -> None:
    """Trap 6: a script that deletes is an edit of a configuration that nobody saw."""
    text = flat('system name "x"\nsystem security telnet-server true')
    assert facts(text).services.state is not None
    edited = facts(text.replace(FINISHED, "/configure delete system security telnet-server\n" + FINISHED))
    assert isinstance(edited.complete, Unknown)
    assert "Known(value=True" not in repr([one.enabled for one in edited.services.found if one.name == "telnet-server"])


@pytest.mark.parametrize(
    "text",
    [
        md(device.MD).replace("\nlog {", "\n...\nlog {"),
        md(device.MD).rpartition("}\n")[0],
        HEADER + device.MD,
        classic(device.CLASSIC).replace("exit all\n\n# Finished", "\n#"),
        HEADER + "configure {\n    log {\n    }\n}\n",
        HEADER + '/configure system name "x"\n',
        device.xml().replace("</configure>", ""),
        'exit all\nconfigure\n    system\n        name "x"\n',
        "# only a comment\n",
        "",
    ],
)
def test_7_fragments(text: str) -> None:
    """Trap 7: what is not seen to its end is no evidence that something is missing."""
    found = facts(text)
    assert isinstance(found.complete, Unknown) and found.complete.code is Code.CUT


def test_10_long_lines_and_large_files() -> None:
    """Trap 10: time grows with the size, not faster."""
    cases = [
        b'configure {\n    system {\n        name "' + b"x" * 1_000_000 + b'"\n    }\n}\n',
        b"/configure " + b"a " * 200_000 + b"\n",
        b"configure {\n" + b"a {\n" * 10_000,
        b"exit all\nconfigure\n" + b"".join(b" " * min(depth, 1500) + b"a\n" for depth in range(3000)),
        b"exit all\nconfigure\n" + b"    system\n        security\n" * 10_000,
        b'configure {\n    groups {\n        group "g" {\n' + b'            router "<.*>" {\n' * 3000,
        b"<a>" * 300_000,
        b"<configure>" + b"<user><li>" * 100_000,
        b'    user "x"\n' * 40_000 + b"        access li\n",
        b"configure {\n" + b'user "x" {\n' * 30_000 + b"access { li true\n",
        b'"' * 300_000,
        b"[" * 300_000,
        b'password "' * 60_000,
        b"community a" * 60_000,
    ]
    for case in cases:
        assert growth.ends(lambda case=case: read(case)), case[:40]


def test_13_texts_that_look_like_configuration() -> None:
    """Trap 13: a message may hold anything."""
    text = md(
        'system {\n login-control {\n motd {\n text "system { security { telnet-server true } } \\n /configure x"\n }\n }\n}'
    )
    found = facts(text)
    assert found.system.banners[0].kind == "motd"
    assert found.services.state is not None and "telnet-server', sources" not in repr(found.services)


def test_20_contexts_are_merged() -> None:
    """Trap 20: `system` and `router` are entered many times; headings at the left edge close nothing."""
    text = """
    system
        security
            telnet-server
        exit
    exit
    """
    body = classic(text) + ""
    body = body.replace(
        "exit all\n\n#",
        'echo "More"\n    system\n        security\n            user "a"\n            exit\n        exit\n    exit\nexit all\n\n#',
    )
    found = facts(body)
    assert [one.enabled.need() for one in found.services.found if one.name == "telnet-server"] == [True]
    assert [user.name for user in found.accounts.users] == ["a"]
    split = classic('router Base\n    interface "a"\n        no shutdown\n    exit\n').replace(
        "exit all\n\n#",
        '#---\necho "OSPFv2 Configuration"\n#---\n        ospf\n            area 0.0.0.0\n                interface "a"\n                exit\n            exit\n        exit\n    exit\nexit all\n\n#',
    )
    assert [one.where for one in facts(split).routing.adjacencies] == ["a"]


def test_21_persistent_indices_are_no_configuration() -> None:
    """Trap 21: the block at the end names routers and interfaces that are none."""
    trailer = 'persistent-indices {\n    description "x"\n    vrtr-if-id {\n        router-name "Base" interface-name "ghost" vrtr-id 1 if-index 2\n    }\n}\n'
    found = facts(md(device.MD).replace(FINISHED, trailer + FINISHED))
    assert "ghost" not in repr(found.areas) and found.coverage[0].unread == ()
    assert isinstance(found.complete, Known)


def test_23_hand_edited_indentation() -> None:
    """Trap 23: tabs and other steps; `exit` in the wrong column opens nothing."""
    text = 'exit all\nconfigure\n    system\n      security\n\t    user "a"\n\t        access console\n\texit\n\t\texit\n      exit\n    exit\n    port 1/1/1\n        no shutdown\n    exit\nexit all\n'
    found = facts(text)
    assert [user.name for user in found.accounts.users] == ["a"]
    assert [one.name for one in found.interfaces.interfaces] == ["1/1/1"]
    shifted = "\n".join(line.strip() for line in md(device.MD).split("\n"))
    assert facts(shifted).accounts.users[0].name == "noc"


GROUPS = """
groups {
    group "g" {
        router "Base" {
            interface "<to-.*>" {
                admin-state disable
                ipv4 {
                    urpf-check {
                        mode strict
                    }
                }
            }
            bgp {
                group "e" {
                    authentication-key "s3cr3t hash2"
                }
            }
        }
    }
    group "unused" {
        system {
            security {
                telnet-server true
            }
        }
    }
}
apply-groups ["g"]
system {
    name "x"
}
router "Base" {
    interface "to-a" {
        port 1/1/1
    }
    interface "to-b" {
        admin-state enable
    }
    interface "other" {
        port 1/1/2
    }
    bgp {
        group "e" {
            peer-as 1
        }
        neighbor "192.0.2.1" {
            group "e"
        }
    }
}
"""


def test_26_groups() -> None:
    """Trap 26: a statement acts although it stands elsewhere; local wins, and nobody applies the other group."""
    found = facts(md(GROUPS))
    states = {one.name: (one.shutdown, one.urpf.need()) for one in found.interfaces.interfaces}
    assert states == {"to-a": (True, "strict"), "to-b": (False, "strict"), "other": (False, "")}
    (neighbor,) = found.routing.bgp
    assert neighbor.authentication.need() == "md5"
    assert "authentication-key" in neighbor.authentication.sources[0].text  # type: ignore[union-attr]
    assert any("apply-groups" in source.text for source in neighbor.sources)
    assert [one.enabled.need() for one in found.services.found if one.name == "telnet-server"] == [False]
    assert found.coverage[0].unread == ()
    without = facts(md(GROUPS.replace('apply-groups ["g"]', "")))
    assert not any(one.shutdown for one in without.interfaces.interfaces)
    excluded = facts(md(GROUPS.replace("        port 1/1/1\n", '        apply-groups-exclude ["g"]\n')))
    assert not excluded.interfaces.interfaces[0].shutdown
    inner = facts(
        md(
            GROUPS.replace('apply-groups ["g"]\n', "").replace(
                'router "Base" {\n    interface "to-a"', 'router "Base" {\n    apply-groups ["g"]\n    interface "to-a"'
            )
        )
    )
    assert inner.interfaces.interfaces[0].shutdown


def test_28_lists_and_quotes() -> None:
    """Trap 28: a list over several lines; a quote that is never closed swallows its own line only."""
    text = md(device.MD).replace('member ["administrative" "ops"]', 'member [\n "administrative"\n "ops"\n ]')
    assert facts(text).accounts.users[0].role == "administrative, ops"
    open_quote = md('system {\n    contact "NOC 555-0100\n    security {\n        telnet-server true\n    }\n}')
    assert [one.enabled.need() for one in facts(open_quote).services.found if one.name == "telnet-server"] == [True]
    braces = md('port 1/1/1 {\n    description "to { or }"\n    admin-state enable\n}\nsystem {\n    name "x"\n}')
    assert facts(braces).hostname == "x" and isinstance(facts(braces).complete, Known)


def test_29_descriptions_that_start_like_comments() -> None:
    """Trap 29: `description "## core ##"`."""
    text = md('port 1/1/1 {\n    description "## core ##"\n}\nport 1/1/2 {\n    description "// to leaf"\n}')
    assert [one.description for one in facts(text).interfaces.interfaces] == ["## core ##", "// to leaf"]
    assert facts(classic('port 1/1/1\n    description "# core"\nexit')).interfaces.interfaces[0].description == "# core"


def test_30_names_with_special_characters() -> None:
    """Trap 30: blanks, colons and braces in names."""
    text = md(
        'service {\n    vprn "my {vrf} 1" {\n        interface "a b:c" {\n            ipv4 {\n                primary {\n                    address 192.0.2.1\n                }\n            }\n        }\n    }\n}'
    )
    (one,) = facts(text).interfaces.interfaces
    assert (one.vrf, one.name, one.addresses) == ("my {vrf} 1", "a b:c", ("192.0.2.1",))


def test_32_redacted_and_empty_blocks() -> None:
    """Trap 32: an empty block is no empty password."""
    found = facts(
        md(
            'system {\n    security {\n        user-params {\n            local-user {\n                user "a" {\n                }\n            }\n        }\n    }\n}'
        )
    )
    (user,) = found.accounts.users
    assert user.secret is None and not user.passwordless


def test_34_words_in_the_wrong_place() -> None:
    """Trap 34: rights and descriptions name services that nobody switched on."""
    text = classic(
        'system\n    name "x"\n    security\n        profile "p"\n            entry 10\n                match "configure system security telnet-server"\n                action permit\n            exit\n        exit\n    exit\nexit\nport 1/1/1\n    description "mirror-dest 60 create"\nexit'
    )
    found = facts(text)
    assert found.services.state is not None and found.mirrors.sessions == ()
    assert [one.enabled.need() for one in found.services.found if one.name == "telnet-server"] == [False]


def test_36_only_one_family_is_protected() -> None:
    """Trap 36."""
    text = 'system security management-access-filter ipv6-filter default-action drop\nrouter "Base" interface "i" ipv6 address 2001:db8::1 prefix-length 64'
    remote = facts(flat(text)).access.points[0]
    assert remote.open_families.need() == (4,)


def test_39_a_no_that_says_something() -> None:
    """Trap 39: `no X` of a switch is written; `no X value` takes back what stood before."""
    found = facts(
        classic(
            'system\n    security\n        no telnet-server\n        user "a"\n            access console ftp\n            no access ftp\n        exit\n    exit\n    time\n        ntp\n            no authentication-check\n            server 192.0.2.1\n            no server 192.0.2.1\n        exit\n    exit\nexit'
        )
    )
    telnet = next(one for one in found.services.found if one.name == "telnet-server")
    assert isinstance(telnet.enabled, Known) and telnet.enabled.sources[0].text == "no telnet-server"
    assert telnet.enabled.value is False
    assert found.time.servers == ()
    assert found.services.found[4].enabled.need() is False


def test_the_later_line_holds() -> None:
    """`shutdown` stands first and `no shutdown` last in what the classic engine prints."""
    text = "system\n    snmp\n        shutdown\n        no shutdown\n    exit\nexit"
    assert facts(classic(text)).snmp.enabled.need() is True
    assert (
        facts(
            classic(text.replace("shutdown\n        no shutdown", "no shutdown\n        shutdown"))
        ).snmp.enabled.need()
        is False
    )
    assert (
        facts(
            flat(
                "system management-interface snmp admin-state enable\nsystem management-interface snmp admin-state disable"
            )
        ).snmp.enabled.need()
        is False
    )
    again = "\n".join(f"system security telnet-server {state}" for state in ("true", "false", "true"))
    assert facts(flat(again)).services.found[1].enabled.need() is True
