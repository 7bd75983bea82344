"""Which interfaces a list of networks names."""

from __future__ import annotations

from auditor.platforms.common.networks import first_matches, holds

TEN = 10 << 24


def test_the_first_network_that_holds_an_address_names_its_interface() -> None:
    networks = ["10.0.0.0/8", "10.0.1.0/24", "172.16.0.0/12", "nonsense", "10.0.0.0/8"]
    first, held = first_matches(networks, [("a", TEN + 256), ("b", TEN + 5), ("c", 1)])
    assert first == {"a": 0, "b": 0}
    assert held == {0, 1, 4}


def test_holds() -> None:
    assert holds("10.0.0.0/8", TEN)
    assert holds("0.0.0.0/0", 1)
    assert not holds("10.0.0.0/33", TEN)
