"""Traps of real files (parsing-traps reference), as far as they can occur on SR Linux."""

from __future__ import annotations

import pytest

from auditor.model.areas import ServiceKind
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Unknown
from auditor.model.snapshot import Document
from auditor.platforms.nokia_srlinux import platform
from auditor.syntax.mask import Masker
from tests import growth
from tests.platforms.golden import plain
from tests.platforms.nokia_srlinux.forms import WHOLE, as_json, facts, in_blocks, in_flat, reading

BLOCKS = in_blocks(WHOLE)


def same(one: str, other: str) -> None:
    assert plain(facts(one).services) == plain(facts(other).services)
    assert plain(facts(one).acls) == plain(facts(other).acls)


def test_line_ends() -> None:
    """Trap 1: CRLF and a NUL at the end."""
    same(BLOCKS, BLOCKS.replace("\n", "\r\n"))
    assert isinstance(facts(BLOCKS + "\0").complete, Known)


def test_broken_encoding() -> None:
    """Trap 2: bytes that are no UTF-8 pass."""
    text = BLOCKS.replace("to the spine", "Stra\xdfe").encode("latin-1")

    found = platform.read(
        Device(name="x", platform=platform.name), (Document("show running-config", text),), (), Masker(b"k")
    )
    assert found.facts.hostname == "r1"


def test_prompts_and_echoes_around_the_configuration() -> None:
    """Trap 3: a session before and after; the following prompt shows the end."""
    session = (
        f"--{{ running }}--[  ]--\nA:admin@r1# info from running\n{BLOCKS}\n--{{ running }}--[  ]--\nA:admin@r1#\n"
    )
    found = facts(session)
    assert isinstance(found.complete, Known)
    assert [one.name for one in found.services.of(ServiceKind.SSH)] == ["mgmt"]


def test_the_output_of_one_part_is_no_whole_configuration() -> None:
    """Traps 3 and 7: the prompt tells where in the tree the output began."""
    text = (
        "--{ running }--[ system ssh-server lab ]--\nA:r1# info\nadmin-state enable\nport 2022\nnetwork-instance mgmt\n"
    )
    found = facts(text)
    (ssh,) = found.services.of(ServiceKind.SSH)
    assert (ssh.name, ssh.port, plain(ssh.enabled)) == ("lab", 2022, True)
    assert isinstance(found.complete, Unknown)


def test_copied_with_line_numbers_and_fences() -> None:
    """Trap 5: Markdown fences around, line numbers in front."""
    numbered = "\n".join(f"{number:4}| {line}" for number, line in enumerate(BLOCKS.split("\n"), 1))
    assert [one.name for one in facts(numbered).services.of(ServiceKind.SSH)] == ["mgmt"]
    assert [one.name for one in facts(f"```\n{BLOCKS}```\n").services.of(ServiceKind.SSH)] == ["mgmt"]


def test_a_script_of_changes_is_no_whole_configuration() -> None:
    """Trap 6: `delete /` changes what is not in the document; what was set before is gone."""
    text = in_flat(WHOLE) + "delete / system ssh-server mgmt\n"
    found = facts(text)
    assert isinstance(found.complete, Unknown)
    assert found.complete.code is Code.CUT
    assert [one.name for one in found.services.of(ServiceKind.SSH) if one.sources] == []


@pytest.mark.parametrize("mark", ["...", "(output omitted)", "<snip>"])
def test_parts_left_out(mark: str) -> None:
    """Trap 7: a mark in the text says that parts are missing."""
    assert isinstance(facts(BLOCKS.replace("    name {", f"    {mark}\n    name {{", 1)).complete, Unknown)


def test_a_cut_file_leaves_absence_unknown() -> None:
    """Trap 7: blocks that are not closed."""
    found = facts(BLOCKS[: len(BLOCKS) // 2])
    assert isinstance(found.complete, Unknown)
    assert isinstance(found.services.state(ServiceKind.NETCONF), Unknown)


def test_size_and_hostile_shapes() -> None:
    """Trap 10: linear time."""
    for text in (
        "interface x {\n" * 30_000,
        "}\n" * 100_000,
        "set / " + "a " * 200_000,
        'description "' * 50_000,
        'x "\n' * 50_000,
        "a [\n" * 50_000,
        '{"srl_nokia-a:a": ' + "[" * 50_000,
        "set / interface x description " + "y" * 1_000_000,
        "set / system ssh-server a port 1\n" * 50_000,
    ):
        assert growth.ends(lambda text=text: reading(text))


def test_banners_with_braces_and_lines() -> None:
    """Traps 11 and 13: a text of several lines that looks like configuration."""
    text = 'system {\n    banner {\n        login-banner "No { entry\nset / system ssh-server evil admin-state enable\nend"\n    }\n}\n'
    found = facts(text)
    assert len(found.system.banners) == 1
    assert [one for one in found.services.of(ServiceKind.SSH) if one.sources] == []


def test_an_unclosed_quote_swallows_nothing() -> None:
    """Trap 28: `contact "NOC 555` and what follows it."""
    text = BLOCKS.replace("    name {", '    information {\n        contact "NOC 555\n    }\n    name {', 1)
    assert [one.name for one in facts(text).services.of(ServiceKind.SSH)] == ["mgmt"]


def test_lists_in_one_line_and_in_several() -> None:
    """Trap 28: `[ a b ]` or one word."""
    one = "system {\n    grpc-server g {\n        services [ gnmi gnoi ]\n    }\n}\n"
    more = (
        "system {\n    grpc-server g {\n        services [\n            gnmi\n            gnoi\n        ]\n    }\n}\n"
    )
    assert facts(one).services.of(ServiceKind.GNMI)[0].objects == facts(more).services.of(ServiceKind.GNMI)[0].objects


def test_descriptions_that_look_like_comments() -> None:
    """Trap 29: `description "## core ##"`, `!!! text` is an annotation."""
    text = 'interface ethernet-1/1 {\n    description "## core ##"\n    !!! a note about it\n}\n'
    (found,) = facts(text).interfaces.interfaces
    assert found.description == "## core ##"


def test_repeated_contexts_are_one() -> None:
    """Trap 20: a context that is entered again adds to the first."""
    text = "system {\n    ssh-server a {\n        admin-state enable\n    }\n}\nsystem {\n    ssh-server a {\n        port 2022\n    }\n}\n"
    (ssh,) = facts(text).services.of(ServiceKind.SSH)
    assert (plain(ssh.enabled), ssh.port) == (True, 2022)


def test_a_later_line_overrides() -> None:
    """Flat lines: the last one holds, and the first is accounted for."""
    text = "set / system ssh-server a admin-state enable\nset / system ssh-server a admin-state disable\n"
    found = facts(text)
    assert plain(found.services.of(ServiceKind.SSH)[0].enabled) is False
    assert found.coverage[0].unread == ()


def test_words_in_the_wrong_place() -> None:
    """Trap 34: the words of a statement inside a description are none."""
    text = 'interface ethernet-1/1 {\n    description "system { ssh-server x { admin-state enable } }"\n}\n'
    assert [one for one in facts(text).services.of(ServiceKind.SSH) if one.sources] == []


def test_a_word_that_no_model_has_is_unread_and_hides_nothing() -> None:
    """Trap 40: unknown words are kept, and their values are not taken for others'."""
    text = in_flat(WHOLE) + "set / system ssh-server mgmt strange-thing admin-state disable\n"
    found = facts(text)
    assert plain(found.services.of(ServiceKind.SSH)[0].enabled) is True
    assert [source.line for source in found.coverage[0].unread] != []
    assert any("strange-thing" in source.text for sources in found.unread.values() for source in sources)


def test_json_that_ends_too_early() -> None:
    """Trap 9 and 7: what stands before the fault is read."""
    text = as_json(WHOLE)
    found = facts(text[: text.index("json-rpc-server")])
    assert isinstance(found.complete, Unknown)
    assert found.acls.lists


def test_only_one_family_is_guarded() -> None:
    """Trap 36: a control-plane filter for IPv4 alone leaves IPv6 open."""
    config = WHOLE | {
        "interface": [{"name": "mgmt0", "subinterface": [{"index": "0", "ipv6": {"address": [{"ip-prefix": "2001:db8::1/64"}]}, "ipv4": {"dhcp-client": {}}}]}]
    }  # fmt: skip
    (ssh,) = facts(in_blocks(config)).services.of(ServiceKind.SSH)
    assert plain(ssh.open_families) == [6]
    assert [one.family for one in ssh.filters] == [4]
