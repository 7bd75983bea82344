"""Whatever happens to an export, reading it does not fail, and what is equal stays equal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.evidence import Unknown
from tests import growth
from tests.platforms.mikrotik_routeros.ros import REST, V7, facts, reading
from tests.platforms.mikrotik_routeros.test_forms import EDGE, told

LINES = EDGE.split("\n")


def account(text: str | bytes) -> None:
    (coverage,) = facts(text).coverage
    lost = sum(source.end_line - source.line + 1 for source in coverage.unread)
    assert coverage.lines == coverage.understood + coverage.irrelevant + lost


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(EDGE)))
def test_cut_anywhere(end: int) -> None:
    account(EDGE[:end])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(LINES) - 1))
def test_a_line_less_and_a_line_twice(index: int) -> None:
    account("\n".join(LINES[:index] + LINES[index + 1 :]))
    account("\n".join([*LINES[:index], LINES[index], *LINES[index:]]))


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(EDGE)))
def test_any_bytes(noise: bytes, at: int) -> None:
    account(EDGE[:at].encode() + noise + EDGE[at:].encode())
    account(noise)


def test_trailing_blanks_and_blank_lines() -> None:
    assert told(facts("\n\n".join(LINES[:6]) + "\n" + "\n".join(LINES[6:]))) == told(facts(EDGE))


def test_a_cut_export_leaves_absence_unknown() -> None:
    found = facts(EDGE[: EDGE.index("/ip service")] + "/ip ser")
    assert isinstance(found.complete, Unknown)
    assert all(isinstance(one.enabled, Unknown) for one in found.services.found if one.name in ("ssh", "telnet"))


def test_linear_time() -> None:
    for text in (
        V7
        + "/ip firewall filter\n"
        + "add action=jump chain=input jump-target=a\nadd action=jump chain=a jump-target=input\n" * 10_000,
        V7
        + "/ip firewall address-list\n"
        + "add address=1.2.3.4 list=a\n" * 20_000
        + "/ip firewall filter\n"
        + "add action=accept chain=input src-address-list=a\n" * 50,
        V7 + REST + "/ip service\n" + "set ssh port=1\n" * 30_000,
        V7 + "/interface wireguard peers\n" + "add interface=w public-key=a\n" * 20_000,
        V7 + '/system script\nadd name=x source="' + "password " * 100_000 + '"\n',
        V7 + "/user\nadd name=" + "a" * 1_000_000 + "\n",
        "/" * 200_000,
        '"' * 200_000,
        "add " + "a=b " * 200_000,
    ):
        assert growth.ends(lambda text=text: reading(text))
