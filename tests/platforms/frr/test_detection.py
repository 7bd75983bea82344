"""FRR is told by what only it writes, or by statements about ports with the names that Linux gives them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.platforms.frr.detection import detect

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
ZEBRA = ["hostname r2", "!", "interface lo", " ip address 192.0.2.1/32", "!", "interface r2-eth0", "ip forwarding"]
BY_HAND = ["! /etc/frr/frr.conf", "hostname r3", "log syslog", "interface dummy0", " ip ospf 1 area 0.0.0.0", "exit"]


@pytest.mark.parametrize(
    ("lines", "least"),
    [(["frr version 10.1", "hostname r1"], 95), (["frr version", "agentx"], 95), (ZEBRA, 70), (BY_HAND, 70)],
)
def test_recognised(lines: list[str], least: int) -> None:
    found = detect(lines)
    assert found is not None
    assert (found.platform, found.confidence >= least) == ("frr", True)


@pytest.mark.parametrize(
    "lines",
    [
        [
            "version 15.2",
            "hostname r1",
            "interface GigabitEthernet0/1",
            " ip address 192.0.2.1 255.255.255.0",
            "router bgp 1",
        ],
        ["hostname leaf1", "interface Ethernet1", "   ip address 192.0.2.1/31", "router bgp 64500", "end"],
        ["interface eth0/1", "ip address 192.0.2.1 255.255.255.0", "router ospf 1"],
        ["interfaces {", "    ethernet eth0 {", "interface lo", "router bgp 1"],
        ["sysname a", "interface Eth-Trunk1", "bgp 64500"],
        ["hostname FW_1", "interface physical eth0", " exit"],
    ],
)
def test_others_are_not_claimed(lines: list[str]) -> None:
    assert detect(lines) is None


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real configurations is not on this machine")
def test_no_file_of_another_system_is_claimed() -> None:
    for path in sorted(CORPUS.glob("*/*")):
        if path.parent.name != "frr":
            assert detect(path.read_bytes().decode("utf-8", "replace").split("\n")) is None, path
