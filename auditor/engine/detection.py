"""Finds out what a saved file is: a configuration of a platform that can be read, of one that cannot, or none."""

import re
from collections.abc import Mapping

from auditor.platforms.common.definition import Detection, PlatformDefinition
from auditor.platforms.common.reader import any_of

MIN_CONFIDENCE = 30

# Tells of systems without a reader, so that their files are skipped with the right reason and never judged as something
# alike. Heads that the systems themselves write (formats of the RANCID and Oxidized collectors).
_FOREIGN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cisco_asa", any_of((r"(?:ASA|PIX|FWSM) Version \d", r"! ?RANCID-CONTENT-TYPE: cisco-asa"))),
    ("fortinet", any_of((r"#config-version=F", r"# ?RANCID-CONTENT-TYPE: fortigate"))),
    ("hp_procurve", any_of((r"; \S+ Configuration Editor", r"; ?RANCID-CONTENT-TYPE: hp"))),
    (
        "a10_acos",
        any_of(
            (r"!(?:\d\d-bit )?Advanced Core OS \(ACOS\)", r"! ?RANCID-CONTENT-TYPE: a10", r"!.*\bACOS\) version \d")
        ),
    ),
    ("dell_force10", any_of((r"! ?RANCID-CONTENT-TYPE: (?:force10|dell)", r"! Version Dell"))),
)
_LOOKED_AT = 5000


_HEAD = 300
"""Lines that suffice where a header or a version line names the system."""
_PLAIN = 95


def detect(lines: list[str], platforms: Mapping[str, PlatformDefinition]) -> Detection | None:
    """The platform that is surest of the text; None where none of them claims it."""
    claims = _claims(lines[:_HEAD], platforms)
    if len(lines) > _HEAD and not (len(claims) == 1 and claims[0].confidence >= _PLAIN):
        claims = _claims(lines, platforms)
    best = max(claims, key=lambda claim: claim.confidence, default=None)
    return best if best is not None and best.confidence >= MIN_CONFIDENCE else None


def _claims(lines: list[str], platforms: Mapping[str, PlatformDefinition]) -> list[Detection]:
    return [claim for definition in platforms.values() if (claim := definition.detect(lines)) is not None]


def foreign(lines: list[str]) -> str:
    """The system without a reader that a text belongs to; empty where there is no sign of one."""
    heads = lines[:_LOOKED_AT]
    return next((name for name, pattern in _FOREIGN if any(pattern.match(line) for line in heads)), "")
