"""Tells configurations of FRR from all others."""

import re

from auditor.model.platform import Platform
from auditor.platforms.common.definition import Detection
from auditor.platforms.frr.forms import joined_start

_SIGNS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"frr version \S"), 98),
    (re.compile(r"frr defaults \S"), 97),
    (re.compile(r"(no )?service integrated-vtysh-config\s*$"), 95),
    (re.compile(r"! ?-\*- \w+ -\*-"), 85),
    (re.compile(r"! ?(Zebra|Quagga) configuration saved from vty"), 85),
)
"""Statements of vtysh; then the heads of files that the daemons of Quagga and early FRR saved."""
_LIMIT = 4000


def detect(lines: list[str]) -> Detection | None:
    """FRR, when a statement says so that only FRR writes; there is no guess by routing statements alone."""
    best: tuple[int, str] | None = None
    for line in lines[:_LIMIT]:
        for sign, confidence in _SIGNS:
            if sign.match(line) and (best is None or confidence > best[0]):
                best = (confidence, line.strip()[:60])
    if best is None:
        return None
    kind = "frr.conf inside a Cumulus dump: " if joined_start(lines) else ""
    return Detection(Platform.FRR, best[0], f"{kind}'{best[1]}'")
