"""Tells configurations of FRR from all others."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection
from auditor.platforms.frr.forms import joined_start

_SIGNS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"frr version(?: \S|$)"), 98),
    (re.compile(r"frr defaults \S"), 97),
    (re.compile(r"(no )?service integrated-vtysh-config\s*$"), 95),
    (re.compile(r"! ?-\*- \w+ -\*-"), 85),
    (re.compile(r"! ?(Zebra|Quagga) configuration saved from vty"), 85),
)
"""Statements of vtysh; then the heads of files that the daemons of Quagga and early FRR saved."""
_PORT = re.compile(
    r"interface (?:lo|(?:[\w.-]{1,15}-)?eth\d{1,3}(?:\.\d{1,4})?|(?:swp|ens|enp|eno|dummy|bond|wg|vlan|br)\d[\w.]{0,12}|tun-?[\w-]{1,10})\s*$"
)
_WORDS: tuple[re.Pattern[str], ...] = (
    _PORT,
    re.compile(r"(?:no )?ip(?:v6)? forwarding\s*$"),
    re.compile(r"log (?:syslog|file|stdout|timestamp|facility|record-priority)\b"),
    re.compile(r"agentx\s*$"),
    re.compile(r" ?ip(?:v6)? (?:ospf6? (?:\d+ )?area|router isis) \S+\s*$"),
    re.compile(r" ip address \d+\.\d+\.\d+\.\d+/\d+\s*$"),
    re.compile(r"! ?debug (?:zebra|bgp|ospf6?|isis|ldp|pim)\b"),
    re.compile(r"router (?:bgp|ospf6?|isis|rip|pim6?|openfabric)\b"),
)
"""Kinds of statements of FRR. A port by the name that Linux gives it is needed as well: the rest is industry standard."""
_LIMIT = 4000


def detect(lines: list[str]) -> Detection | None:
    """FRR by a statement that only FRR writes, or by routing statements about ports with the names that Linux gives."""
    best: tuple[int, str] | None = None
    for line in lines[:_LIMIT]:
        for sign, confidence in _SIGNS:
            if sign.match(line) and (best is None or confidence > best[0]):
                best = (confidence, line.strip()[:60])
    if best is None:
        return _by_words(lines[:_LIMIT])
    kind = "frr.conf inside a Cumulus dump: " if joined_start(lines) else ""
    return Detection(Platform.FRR, best[0], f"{kind}'{best[1]}'")


def _by_words(lines: list[str]) -> Detection | None:
    """The files that single daemons read (`zebra.conf`), and what somebody wrote by hand."""
    if not any(_PORT.match(line) for line in lines) or any(line.endswith((";", "{")) for line in lines):
        return None
    kinds = sum(1 for sign in _WORDS if any(sign.match(line) for line in lines))
    if kinds < 2:
        return None
    return Detection(Platform.FRR, min(85, 55 + 10 * kinds), f"{kinds} kinds of statements about ports of Linux")
