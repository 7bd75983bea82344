"""Nothing that a file may look like stops the reader: cut, doubled, dropped and mixed lines give facts, never an exception."""

from __future__ import annotations

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.evidence import Known
from tests.platforms.arista_eos.eos import HEADER, as_json, facts, read
from tests.platforms.arista_eos.samples import SAMPLE

LINES = SAMPLE.splitlines(keepends=True)
JSON = as_json(SAMPLE)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(content: bytes) -> None:
    found = read(content).facts
    msgspec.json.encode(found)
    (coverage,) = found.coverage
    lost = sum(source.end_line - source.line + 1 for source in coverage.unread)
    assert coverage.understood + coverage.irrelevant + lost == coverage.lines
    assert min(coverage.understood, coverage.irrelevant, lost) >= 0
    assert all(1 <= source.line <= source.end_line <= coverage.lines for source in coverage.unread)


@quick
@given(st.integers(0, len(SAMPLE)))
def test_cut_anywhere(length: int) -> None:
    check(SAMPLE.encode()[:length])
    if length < len(SAMPLE) - len("end\n"):
        assert not isinstance(read(SAMPLE[:length]).facts.complete, Known)


@quick
@given(st.integers(0, len(JSON)))
def test_json_cut_anywhere(length: int) -> None:
    check(JSON.encode()[:length])
    if length < len(JSON):
        assert not isinstance(read(JSON[:length]).facts.complete, Known)


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
        st.sampled_from(LINES).flatmap(lambda line: st.integers(0, len(line)).map(lambda at: line[:at])), max_size=40
    )
)
def test_lines_cut_short(lines: list[str]) -> None:
    check("\n".join(lines).encode())


@quick
@given(
    st.lists(
        st.sampled_from(LINES).flatmap(
            lambda line: st.integers(1, 6).map(lambda count: " ".join(line.split()[:count]))
        ),
        max_size=40,
    )
)
def test_statements_with_words_missing(lines: list[str]) -> None:
    check("\n".join(lines).encode())
    check(("interface Ethernet1\n   " + "\n   ".join(lines)).encode())
    check(("router bgp 1\n   " + "\n   ".join(lines)).encode())


@quick
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    check(content)
    check(b'{"cmds": {' + content)


@quick
@given(st.text(alphabet=st.sampled_from(list("EOF! \n\x03abend\t\r\0\"'<>:/@#|`{}")), max_size=200))
def test_texts_of_the_characters_that_matter(text: str) -> None:
    check(f"{HEADER}banner motd\n{text}\nusername bob secret {text}\nend\n".encode())


def test_blocks_in_another_order_are_the_same_configuration() -> None:
    """Outermost statements that do not depend on each other may stand in any order."""
    blocks = SAMPLE.split("\n!\n")
    head, middle, tail = blocks[:3], blocks[3:-1], blocks[-1]
    found = read("\n!\n".join([*head, *reversed(middle), tail])).facts
    whole = read(SAMPLE).facts
    assert {user.name for user in found.accounts.users} == {user.name for user in whole.accounts.users}
    assert {(one.kind, one.name, one.enabled.need()) for one in found.services.found} == {
        (one.kind, one.name, one.enabled.need()) for one in whole.services.found
    }
    assert {
        (one.address, one.vrf, one.prefix_limit)
        for one in found.routing.bgp
        if isinstance(one.prefix_limit, Known) and not one.prefix_limit.sources
    } == set()
    assert {(one.address, one.group) for one in found.routing.bgp} == {
        (one.address, one.group) for one in whole.routing.bgp
    }


def test_hostile_lines_cost_what_their_length_costs() -> None:
    """Nothing is timed here: an expression that tries every way to split such a line would not come back."""
    words = (
        "username a ",
        "secret ",
        "snmp-server user ",
        "://a:",
        "key ",
        "neighbor x password ",
        "authentication ",
        "pass-",
        "-u a",
        "password=",
        "copy ",
    )
    for word in words:
        check(f"{HEADER}{word * 4000}\nend\n".encode())
        check(f"{HEADER}event-handler E\n   action bash {word * 4000}\nend\n".encode())
        check(f"{HEADER}{word}{' ' * 20000}x{' ' * 20000}\nend\n".encode())
        check(f"{HEADER}interface Ethernet1\n   {word * 4000}\nend\n".encode())
    check(("{" * 50_000).encode())
    check(('{"cmds":' * 50_000).encode())
    check(f"{HEADER}{'banner login' + chr(10) * 2}".encode() * 3000)
    check(("no username x\n" * 5000 + "username x\n" * 5000).encode())
    check("".join(" " * depth + "x\n" for depth in range(800)).encode())


def test_numbers_that_are_none_and_ranges_that_are_too_wide() -> None:
    found = facts(
        "ntp trusted-key 1-99999999999999\nmonitor session a source Ethernet1-99999999\nlogging host 10.0.0.1 99999999999999999999\nlogging buffered 99999999999 99\nmanagement ssh\n   idle-timeout 99999999999999"
    )
    assert len(found.time.servers) == 0
    assert len(found.mirrors.sessions) == 1
