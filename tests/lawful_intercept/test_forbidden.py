"""What an ordinary run never sends: commands and SNMP subtrees that show intercepts (R-LI-03, R-LI-04)."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.allowed import ForbiddenCommandError, allowed
from auditor.engine.packs import load
from auditor.platforms.common.definition import Command
from auditor.platforms.redaction import forbidden
from auditor.platforms.redaction.forbidden import CAPABILITIES, SUBTREES, ForbiddenRootError, Oid

PLATFORMS = load().platforms
SOURCES = Path(__file__).parents[2] / "auditor"


@pytest.mark.requirement("R-LI-03")
@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_no_list_of_commands_holds_a_forbidden_one(name: str) -> None:
    sent = [text for command in PLATFORMS[name].commands for text in command.send]
    assert sent
    assert not [(text, entry) for text in sent if (entry := forbidden.command(text))]


@pytest.mark.requirement("R-LI-03")
@pytest.mark.parametrize(
    "text",
    [
        "show li", "sh li li-source 60", "show interface cable 3/0 intercept", "show lawful-intercept", "sho lawf", "do show li", "admin show configuration li", "configure li",
        "conf t", "info li", "/show li li-source", "show mirror mirror-dest all", "sh mirr mirror-dest 5", "display lawful-intercept all",
        "dis lawful", "enable view li-view", "show users lawful-intercept", "show services flow-tap filters", "show cef interface detail",
        "show platform hardware qfp active feature lawful-intercept", "/tool calea print", "/tool/calea/print", "/ip firewall calea print",
        "info from state / system lawful-intercept", "show running-config | section li-view", "show configuration | match drop-policy",
        "show configuration services radius-flow-tap", "file show cf3:\\li.cfg", "file type cf1:/li.cfg.1", "file show li.ndx", "more flash:li.cfg",
        "admin tech-support", "info from state /state/li", "SHOW\tLI",
    ],
)  # fmt: skip
def test_the_transport_refuses_them_though_they_are_on_a_list(text: str) -> None:
    """Abbreviated, with a slash, behind `do`, or as a filter."""
    definition = msgspec.structs.replace(PLATFORMS["cisco_ios"], commands=(Command("x", (text,)),))
    with pytest.raises(ForbiddenCommandError) as refused:
        allowed(definition, text)
    assert text not in str(refused.value)


@pytest.mark.requirement("R-LI-03")
@pytest.mark.parametrize(
    "text",
    ["show line", "show license", "show lldp neighbors", "show link-group", "display license", "show interfaces", "show snmp view",
     "show monitor session all", "show interface cable 3/0", "info from running", "admin show configuration configure full-context", "show list", "enable", "/export terse", "file show cf3:\\cli.cfg",
     "file dir cf3:"],
)  # fmt: skip
def test_what_looks_alike_is_not_refused(text: str) -> None:
    assert not forbidden.command(text)


class Agent:
    """An SNMP agent whose view is much too wide; it keeps what it was asked."""

    def __init__(self, oids: list[Oid]) -> None:
        self._oids = sorted(oids)
        self.asked: list[Oid] = []

    def after(self, oid: Oid, count: int) -> list[Oid]:
        self.asked.append(oid)
        return [one for one in self._oids if one > oid][:count]


def walk(agent: Agent, root: Oid) -> list[Oid]:
    """As a transport walks: the parts of the tree one by one, and from each answer to the next."""
    kept: list[Oid] = []
    for start, stop in forbidden.stretches(root):
        position = start
        while True:
            answers = agent.after(position, forbidden.repetitions(position, 20))
            used = [oid for oid in answers if forbidden.keep(oid, stop)]
            kept += used
            if not answers or len(used) < len(answers):
                break
            position = used[-1]
    return kept


numbers = st.lists(st.integers(0, 5), min_size=1, max_size=4).map(tuple)
SHELVES = st.sampled_from(
    [*SUBTREES, (1, 3, 6, 1, 4, 1, 9, 9, 23), (1, 3, 6, 1, 4, 1, 6527, 3, 1, 2, 17), (1, 3, 6, 1, 2, 1, 2)]
)
objects = st.lists(st.tuples(SHELVES, numbers).map(lambda both: (*both[0], *both[1])), max_size=60, unique=True)
ROOTS = [
    (1, 3, 6, 1, 4, 1, 9, 9),
    (1, 3, 6, 1, 4, 1, 6527, 3, 1, 2),
    (1, 3, 6, 1, 4, 1, 2011),
    (1, 3, 6, 1, 2, 1, 2),
    (1, 3, 6, 1, 4, 1, 9, 9, 399),
]


@pytest.mark.requirement("R-LI-03")
@given(objects, st.sampled_from(ROOTS))
def test_a_walk_jumps_over_the_protected_subtrees(oids: list[Oid], root: Oid) -> None:
    """Nothing in them is asked for or kept, and nothing beside them is lost."""
    agent = Agent(oids)
    kept = walk(agent, root)
    inside = [oid for oid in oids if oid[: len(root)] == root]
    assert kept == sorted(oid for oid in inside if forbidden.subtree(oid) is None)
    # The place behind a subtree is asked for by the largest identifier in it, under which no object can be.
    assert not [oid for oid in agent.asked if forbidden.subtree(oid) and oid[:-1] not in SUBTREES]
    assert all(oid[-1] == 4294967295 for oid in agent.asked if forbidden.subtree(oid))


@pytest.mark.requirement("R-LI-03")
@pytest.mark.parametrize("root", [(1,), (1, 3, 6, 1), (1, 3, 6, 1, 4, 1), *SUBTREES, (*SUBTREES[0], 1)])
def test_whole_trees_and_protected_ones_are_not_walked(root: Oid) -> None:
    with pytest.raises(ForbiddenRootError):
        list(forbidden.stretches(root))


@pytest.mark.requirement("R-LI-03")
def test_the_list_of_the_reference_is_complete() -> None:
    """Section 5.3, and the twins and reads that write of section 1.8 and 2.5."""
    cisco = "1.3.6.1.4.1.9.9."
    named = [
        *(
            cisco + tail
            for tail in (
                "252.1.2",
                "394.1.1.2",
                "395.1.1.2",
                "399.1.1.2",
                "399.1.2",
                "399.1.3",
                "400.1.1.2",
                "672",
                "716",
            )
        ),
        *("1.3.6.1.4.1." + tail for tail in ("25506.2.111", "2011.5.25.131", "6527.3.1.2.18", "6527.3.1.2.1.13.2")),
        cisco + "399.1.1.1",
    ]
    for text in named:
        assert forbidden.subtree((*map(int, text.split(".")), 1, 1)), text
    assert not any(forbidden.subtree(oid) for oid in CAPABILITIES.values())
    assert not forbidden.subtree((1, 3, 6, 1, 2, 1, 1, 1, 0))


@pytest.mark.requirement("R-LI-04")
def test_no_code_sets_or_provisions() -> None:
    """No SNMP SET, change of authorisation, tapping request or X1 message is ever produced."""
    words = re.compile(
        r"\bset_?cmd\b|SetRequest|PDU_SET|\bsnmpset\b\s*\(|CoA-Request\s*\(|ActivateTaskRequest|CreateDestinationRequest|edit_config\(|<edit-config>",
        re.IGNORECASE,
    )
    found = [
        f"{path.relative_to(SOURCES)}: {match[0]}"
        for path in SOURCES.rglob("*.py")
        for match in words.finditer(path.read_text("utf-8"))
    ]
    assert not found
