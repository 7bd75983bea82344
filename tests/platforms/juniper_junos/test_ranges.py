"""Arithmetic on address ranges, against sets of numbers."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.platforms.juniper_junos import ranges

RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8)).map(lambda pair: (pair[0], sum(pair))), max_size=6)


def numbers(found: ranges.Ranges) -> set[int]:
    return {number for low, high in found for number in range(low, high + 1)}


def normal(found: list[tuple[int, int]]) -> ranges.Ranges:
    return ranges.union((), tuple(found))


@given(RANGES, RANGES)
def test_operations_are_those_of_sets(one, other) -> None:
    left, right = normal(one), normal(other)
    assert numbers(ranges.union(left, right)) == numbers(left) | numbers(right)
    assert numbers(ranges.without(left, right)) == numbers(left) - numbers(right)
    assert numbers(ranges.both(left, right)) == numbers(left) & numbers(right)


@given(RANGES, RANGES)
def test_a_growing_set(steps, asked) -> None:
    taken = ranges.Taken()
    for step in steps:
        taken.add((step,))
    assert taken.ranges == normal(steps)
    assert numbers(taken.missing(normal(asked))) == numbers(normal(asked)) - numbers(normal(steps))


def test_the_longest_prefix_decides() -> None:
    found = ranges.longest_match(["0.0.0.0/0", "10.1.1.0/24"], ["10.0.0.0/8"], 4)
    assert ranges.both(found, ranges.of("10.0.0.0/8", 4)) == ranges.of("10.1.1.0/24", 4)
    assert ranges.longest_match([], ["10.0.0.0/8"], 4) == ()
    assert ranges.longest_match(["no prefix"], [], 4) is None


def test_most_of_the_addresses() -> None:
    assert ranges.is_most(ranges.of("2000::/3", 6), 6)
    assert not ranges.is_most(ranges.of("2001:db8::/32", 6), 6)
    assert ranges.is_most(ranges.without(ranges.everything(4), ranges.of("10.0.0.0/8", 4)), 4)
