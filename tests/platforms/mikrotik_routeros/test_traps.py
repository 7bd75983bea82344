"""Traps of real files (parsing-traps reference), as far as they can occur on RouterOS."""

from __future__ import annotations

import pytest

from auditor.model.areas import ServiceKind
from auditor.model.evidence import Code, Known, Unknown
from tests.platforms.golden import plain
from tests.platforms.mikrotik_routeros.ros import REST, V6, V7, facts, v6, v7
from tests.platforms.mikrotik_routeros.test_forms import EDGE, told


def states(text: str) -> dict[str, object]:
    return {one.name: plain(one.enabled) for one in facts(text).services.found if one.name}


def test_line_ends() -> None:
    """Trap 1: CRLF, a NUL at the end, no newline after a value in quotes."""
    assert told(facts(EDGE.replace("\n", "\r\n"))) == told(facts(EDGE))
    assert isinstance(facts(EDGE.rstrip("\n") + "\n\0").complete, Known)
    assert isinstance(v7('/system note\nset note="whole"').complete, Known)
    assert isinstance(v7("/system note\nset note=torn").complete, Unknown)


def test_encodings() -> None:
    """Trap 2: Latin-1 and escapes of other code pages in comments."""
    found = facts(
        V7.encode()
        + REST.encode()
        + b'/ip address\nadd address=192.0.2.1/24 comment="Stra\xdfe \\C2\\F1" interface=b1\n'
    )
    assert found.interfaces.interfaces[0].addresses == ("192.0.2.1/24",)


def test_prompts_echoes_and_log_lines() -> None:
    """Trap 3: prompts around the export, and log lines that the console writes into it."""
    noise = "11:22:33 echo: system,error,critical login failure for user root from 192.0.2.9 via ssh\n"
    text = f"[admin@r1] > /export\n{V7}{REST}{noise}/ip service\nset telnet disabled=yes\n[admin@r1] >"
    found = facts(text)
    assert found.coverage[0].unread == ()
    assert found.services.state(ServiceKind.TELNET) == Known(False, found.services.of(ServiceKind.TELNET)[0].sources)
    assert isinstance(found.complete, Known)


def test_collector_headers_are_no_configuration() -> None:
    """Trap 4: outputs that oxidized writes into comments."""
    head = "# U user admin changed        write   2025-03-10 11:59:20\n# /ip service set telnet disabled=yes\n"
    assert states(head + V7 + REST)["telnet"] is True
    found = facts("#   version: 7.16 (stable)\n#   board-name: CHR\n# software id = XX\n" + REST)
    assert plain(found.os_version) == "7.16"
    assert plain(found.system.model) == "CHR"


def test_copied_with_line_numbers_and_fences() -> None:
    """Trap 5."""
    numbered = "\n".join(f"{number:4}| {line}" for number, line in enumerate(EDGE.split("\n"), 1)) + "\n"
    assert told(facts(numbered))["services"] == told(facts(EDGE))["services"]
    assert states(f"```\n{EDGE}```\n") == states(EDGE)


def test_a_part_is_no_whole_export() -> None:
    """Traps 6 and 7: no header, one menu only, marks of omission, a last line that goes on."""
    for text in (
        REST,
        V7 + "/ip firewall filter\nadd action=drop chain=input\n/ip firewall nat\nadd action=masquerade chain=srcnat\n",
        V7 + REST + "...\n/ip dns\nset servers=192.0.2.1\n",
        V7 + REST + "/ip dns\nset servers=\\\n",
        V7 + REST + '/system note\nset note="open\n/ip dns\nset servers=192.0.2.1\n',
    ):
        found = facts(text)
        assert isinstance(found.complete, Unknown), text
        assert found.complete.code is Code.CUT
        assert states(text)["telnet"] == "unknown U-CUT"


def test_notes_that_look_like_commands() -> None:
    """Trap 13: lines inside a text are no commands."""
    found = v7(
        '/system note\nset note="a\\r\\\n    \\n/ip service set telnet disabled=yes\\r\\\n    \\n/user add name=x"\n'
    )
    assert found.accounts.users == ()
    assert found.services.state(ServiceKind.TELNET) != Known(False)
    assert len(found.system.banners) == 1


def test_wrapping_and_scope() -> None:
    """Trap 25: `\\` continuation, scope lines and terse lines, `[ find ]`, a section that failed."""
    wrapped = v7("/ip service\nset ssh address=\\\n    198.51.100.0/28 port=\\\n    2222\n")
    terse = v7("/ip service set ssh address=198.51.100.0/28 port=2222\n")
    found = v7("/ip service\nset [ find name=ssh ] address=198.51.100.0/28 port=2222\n")
    for one in (wrapped, terse, found):
        (ssh,) = one.services.of(ServiceKind.SSH)
        assert (ssh.port, [entry.prefix for item in ssh.filters for entry in item.admitted]) == (
            2222,
            ["198.51.100.0/28"],
        )
    failed = v7("#error exporting /ip firewall filter\n")
    assert list(failed.unread) == ["acls"]


def test_values_with_blanks_and_equals_signs() -> None:
    """Trap 33: a value in quotes holds blanks, equals signs and the names of other settings."""
    found = v7('/interface vlan\nadd comment="disabled=yes name=x" interface=b1 name="vlan 7" vlan-id=7\n')
    vlan = next(one for one in found.interfaces.interfaces if one.role == "vlan")
    assert (vlan.name, vlan.shutdown, vlan.description) == ("vlan 7", False, "disabled=yes name=x")


def test_words_in_the_wrong_place() -> None:
    """Trap 34: clients and comments are no servers."""
    found = v7('/interface ethernet\nset [ find default-name=ether1 ] comment="/ip socks set enabled=yes"\n')
    assert found.services.state(ServiceKind.PROXY) == Known(False, default=plain_default(found))


def plain_default(found: object) -> str:
    state = found.services.state(ServiceKind.PROXY)  # type: ignore[attr-defined]
    return str(state.default)


def test_only_one_family_is_guarded() -> None:
    """Trap 36: an input chain for IPv4 alone leaves IPv6 open."""
    text = "/ip firewall filter\nadd action=drop chain=input\n/ipv6 address\nadd address=2001:db8::1/64 interface=b1\n"
    found = v7(text)
    (ssh,) = found.services.of(ServiceKind.SSH)
    assert plain(ssh.open_families) == [6]
    assert plain(found.control_plane.policed) is False
    assert plain(v7(text + "/ipv6 firewall filter\nadd action=drop chain=input\n").control_plane.policed) is True


@pytest.mark.parametrize("head", [V6, V7])
def test_defaults_are_silent(head: str) -> None:
    """Trap 37: without `/ip service` the services are on; the community `public` exists until a line renames it."""
    told_ = states(head + REST)
    assert [told_[name] for name in ("telnet", "ftp", "www", "ssh", "api", "winbox", "www-ssl")] == [True] * 6 + [False]
    state = facts(head + REST).services.state(ServiceKind.TELNET)
    assert isinstance(state, Known)
    assert "community.routeros" in state.default
    (community,) = facts(head + REST + "/snmp\nset enabled=yes\n").snmp.communities
    assert community.secret.trivial


def test_later_lines_hold() -> None:
    """What is set twice holds as it was set last; `disable` and `remove` have their meaning."""
    found = v7(
        "/ip service\nset telnet disabled=yes\nset telnet disabled=no\ndisable ftp,api\n/ip dns static\nadd address=1.1.1.1 name=a\nremove [ find name=a ]\n"
    )
    told_ = {one.name: plain(one.enabled) for one in found.services.found}
    assert (told_["telnet"], told_["ftp"], told_["api"]) == (True, False, False)
    assert found.names.static_hosts == ()


def test_entries_that_are_off_until_they_are_switched_on() -> None:
    """Trap 37: clients, and DHCP of version 6, print `disabled=no` when they are on."""
    text = "/interface l2tp-client\nadd connect-to=192.0.2.1 name=l user=u\n/ip dhcp-server\nadd interface=b1 name=d\n"
    assert [one.active for one in v7(text).tunnels.tunnels] == [False]
    assert plain(v7(text).services.of(ServiceKind.DHCP)[0].enabled) is True
    assert plain(v6(text).services.of(ServiceKind.DHCP)[0].enabled) is False


def test_unknown_settings_are_kept() -> None:
    """Trap 40: a setting that nobody knows makes its command unread, in the area of its menu."""
    found = v7("/ip service\nset ssh strange-thing=yes\n")
    assert [source.text for source in found.unread["access"]] == ["set ssh strange-thing=yes"]  # type: ignore[index]
