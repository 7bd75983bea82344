"""Nothing that a file may look like stops the reader, and what does not matter to the device changes no fact."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.areas import Area
from auditor.model.evidence import Known
from auditor.platforms.cisco_iosxr.detection import detect
from auditor.platforms.common.definition import Reading
from tests import growth
from tests.platforms.cisco_iosxr.conftest import read
from tests.platforms.cisco_iosxr.formal import formal
from tests.platforms.cisco_iosxr.samples import EDGE
from tests.platforms.cisco_iosxr.test_forms import facts
from tests.platforms.golden import plain

LINES = EDGE.splitlines(keepends=True)
FORMAL = formal(EDGE).splitlines(keepends=True)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AREAS = set(Area) - {Area.STATE}


def whole(reading: Reading) -> None:
    """Every area is filled or missing with a reason, and every line is accounted for."""
    assert set(reading.facts.areas) | set(reading.facts.missing) == AREAS
    for coverage in reading.facts.coverage:
        lost = sum(source.end_line - source.line + 1 for source in coverage.unread)
        assert coverage.lines == coverage.understood + coverage.irrelevant + lost
        assert coverage.irrelevant >= 0


@quick
@given(st.integers(0, len(EDGE)))
def test_cut_anywhere(place: int) -> None:
    reading = read(EDGE[:place].encode())
    whole(reading)
    if "\nend\n" not in EDGE[:place] and not EDGE[:place].endswith("\nend"):
        assert not isinstance(reading.facts.complete, Known)


@quick
@given(st.integers(0, len(LINES)), st.integers(0, len(LINES)))
def test_a_piece_from_the_middle(first: int, last: int) -> None:
    whole(read("".join(LINES[first:last]).encode()))


@quick
@given(st.integers(0, len(LINES) - 1), st.booleans())
def test_a_line_dropped_or_doubled(place: int, doubled: bool) -> None:
    lines = [*LINES[:place], *([LINES[place]] * 2 if doubled else []), *LINES[place + 1 :]]
    whole(read("".join(lines).encode()))


@quick
@given(st.integers(0, len(FORMAL) - 1), st.integers(0, 60))
def test_the_formal_form_cut_inside_a_line(place: int, column: int) -> None:
    lines = [*FORMAL[:place], FORMAL[place][:column] + "\n", *FORMAL[place + 1 :]]
    whole(read("".join(lines).encode()))


@quick
@given(st.permutations(range(len(LINES))))
def test_lines_in_any_order(order: list[int]) -> None:
    whole(read("".join(LINES[index] for index in order).encode()))


@quick
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    whole(read(content))
    detect(content.decode("utf-8", "backslashreplace").split("\n"))


@quick
@given(st.lists(st.sampled_from(LINES), max_size=60), st.lists(st.integers(0, 6), min_size=60, max_size=60))
def test_lines_at_any_depth(lines: list[str], depths: list[int]) -> None:
    text = "".join(" " * depth + line.lstrip() for line, depth in zip(lines, depths, strict=False))
    whole(read(text.encode()))


def test_line_ends_do_not_matter() -> None:
    """Parsing trap 1."""
    assert facts(EDGE.replace("\n", "\r\n")) == facts(EDGE)
    assert facts(EDGE + "\0") == facts(EDGE)
    assert facts(EDGE.rstrip("\n")) == facts(EDGE)


def test_deeper_indentation_does_not_matter() -> None:
    """Parsing trap 23."""
    deeper = "\n".join(" " * (len(line) - len(line.lstrip(" "))) + line for line in EDGE.splitlines())
    assert facts(deeper) == facts(EDGE)


def test_a_margin_and_line_numbers_do_not_matter() -> None:
    """Parsing trap 5: a viewer's line numbers, or a document that indents all of it."""
    body = EDGE[EDGE.index("Building") : EDGE.rindex("RP/0")]
    plain_facts = facts(body)
    assert facts("\n".join(f"{number:4d}|{line}" for number, line in enumerate(body.splitlines(), 1))) == plain_facts
    assert facts("\n".join(f"    {line}" if line else line for line in body.splitlines())) == plain_facts
    assert facts(f"# Router\n\n```\n{body}```\n\nusername evil\n group root-lr\n") == plain_facts


def test_the_order_of_blocks_does_not_matter() -> None:
    head, *ports = re.split(r"(?m)^(?=interface )", EDGE)
    last, rest = ports[-1].split("prefix-set", 1)
    turned = head + "".join(reversed([*ports[:-1], last])) + "prefix-set" + rest
    one = {port["name"]: port for port in facts(EDGE)[Area.INTERFACES]["interfaces"]}
    other = {port["name"]: port for port in facts(turned)[Area.INTERFACES]["interfaces"]}
    assert one == other


def test_a_repeated_context_is_one() -> None:
    """Parsing trap 20: a block that is entered twice holds what both say."""
    config = "router bgp 1\n neighbor 192.0.2.1\n  remote-as 2\n !\n!\nrouter bgp 1\n neighbor 192.0.2.1\n  ttl-security\n !\n!\nend\n"
    (neighbor,) = read(config).facts.routing.bgp
    assert (neighbor.remote_as, plain(neighbor)["ttl_security"]) == ("2", True)
    (port,) = read(
        "interface Loopback0\n vrf A\n!\ninterface Loopback0\n shutdown\n!\nend\n"
    ).facts.interfaces.interfaces
    assert (port.vrf, port.shutdown) == ("A", True)


def test_hostile_texts_take_no_more_than_their_length() -> None:
    """Parsing trap 10: one line of a megabyte, a hundred thousand lines, blocks that never end, groups that multiply."""
    long = "x" * 1_000_000
    texts = (
        f"hostname {long}\nend\n",
        f"username u\n secret {long}\n",
        "hostname r1\n" + "secret " * 60_000,
        f"interface {long} ipv4 address 1 2\n",
        "banner motd ^C\n" * 10_000,
        "route-policy A\n" * 20_000,
        "route-policy A\n" + "if destination in X then\n" * 20_000,
        "interface Loopback0\n" * 20_000,
        "\n".join(" " * depth + "neighbor 192.0.2.1" for depth in range(2_000)),
        "router bgp 1\n" + " neighbor 192.0.2.1\n  remote-as 2\n" * 10_000,
        "group G\n"
        + " interface '.*.*.*.*.*.*x'\n  mtu 9\n" * 2_000
        + "end-group\napply-group G\n"
        + "".join(f"interface {'a' * 30}{number}\n shutdown\n" for number in range(2_000)),
        "group G\n interface '(a+)+$'\n  mtu 9\n !\nend-group\napply-group G\ninterface "
        + "a" * 39
        + "!\n shutdown\nend\n",
        "\n".join(f"group G{n}\n apply-group G{n + 1}\nend-group" for n in range(2_000)) + "\napply-group G0\n",
        "object-group network ipv4 A\n object-group A\n!\n" * 5_000,
        "taskgroup A\n inherit taskgroup B\n!\ntaskgroup B\n inherit taskgroup A\n!\n" * 5_000,
        "prefix-set P\n" + " 10.0.0.0/8 le 32,\n" * 20_000 + "end-set\n",
        "```\n" * 20_000,
    )
    for text in texts:
        assert growth.ends(lambda text=text: whole(read(text.encode()))), text[:60]


def test_the_cost_of_a_fact_does_not_grow() -> None:
    def cost(count: int) -> int:
        ports = "".join(
            f"interface TenGigE0/0/{number % 9}/{number}\n ipv4 address 10.0.0.1 255.255.255.0\n ipv4 access-group A ingress\n!\n"
            f"router bgp 1\n vrf V{number}\n  neighbor 192.0.2.1\n   remote-as 2\n   use neighbor-group G\n  !\n !\n!\n"
            for number in range(count)
        )
        return growth.steps(lambda: read((ports + "end\n").encode()))

    assert cost(1_000) < 12 * cost(100)
