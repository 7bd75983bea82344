"""Outputs by which Cisco's IOS, IOS-XE and NX-OS say who signed the software that runs, and whose signatures they accept.

Forms: Cisco's forensic data collection procedures for IOS, IOS XE and NX-OS
(sec.cloudapps.cisco.com/security/center/resources/forensic_guides), and the genie sample of IOS-XE. Virtual devices may
print nothing at all.
"""

import re

from auditor.model.areas import IntegrityResult, State
from auditor.model.evidence import Known
from auditor.platforms.common.outputs import FormatError, Output, OutputReader, known

_IMAGE = re.compile(r"Image type\s*:\s*(?P<type>\S.*?)\s*$")
_RULE = re.compile(r"-{3,}\s*$")
_ORGANISATION = re.compile(r"\s+Organization Name\s*:\s*(?P<name>\S.*?)\s*$")
_VENDOR = "CiscoSystems"


def signatures(output: Output) -> State:
    """`show software authenticity running`: each stage of the start, with the type of its image and who signed it."""
    sections = output.sections(_IMAGE)
    if not sections:
        raise FormatError("no 'Image type' (virtual devices print none)")
    found = []
    for head, start, end in sections:
        signer = next((one["name"] for line in output.lines[start:end] if (one := _ORGANISATION.match(line))), "")
        source = output.at(start)
        good = Known(signer == _VENDOR, (source,))
        found.append(
            IntegrityResult(_stage(output, start), good, source, said=f"{head['type']}, signer {signer or 'none'}")
        )
    return State(signatures=known(found))


def _stage(output: Output, index: int) -> str:
    """The title above the rule that stands before the type."""
    titled = index > 1 and _RULE.match(output.lines[index - 1])
    return output.lines[index - 2].strip() if titled else "running image"


_KEY = re.compile(r"Public Key #(?P<number>\d+) Information")
_TYPE = re.compile(r"Key Type\s*:\s*(?P<type>\w+)\s*(?:\((?P<store>[^)]*)\))?")
_RELEASED = ("Production", "Release", "Special")
"""Special keys are for images that the vendor makes for one customer; ordinary devices hold them."""


def signing_keys(output: Output) -> State:
    """`show software authenticity keys`: every key whose signatures are accepted, by type."""
    rows = output.find(_TYPE)
    if not rows or output.first(_KEY) is None:
        raise FormatError("no 'Public Key #N Information' with a 'Key Type'")
    return State(
        signing_keys=known(
            [
                IntegrityResult(
                    f"key in {(match['store'] or 'the store').lower()}",
                    Known(match["type"] in _RELEASED, (source,)),
                    source,
                    said=match["type"],
                )
                for match, source in rows
            ]
        )
    )


_MAP = re.compile(r"\s*smaps for process (?P<pid>\d+)")
_SEGMENT = re.compile(r"\s*(?P<range>[0-9a-f]+-[0-9a-f]+) (?P<rights>[r-][w-][x-][ps]) ")
_DIRTY = re.compile(r"\s*Private_Dirty:\s+(?P<size>\d+) kB")


def memory(output: Output) -> State:
    """`show platform software process memory ... name iosd smaps`: segments of IOSd that are code and can be written.

    Good is one that nothing was written to. Without such segments the memory map as a whole is good.
    """
    output.require(_MAP, "'smaps for process'")
    sections = output.sections(_SEGMENT)
    if not sections:
        raise FormatError("no segment of memory in the output")
    found = []
    for head, start, end in sections:
        if "w" in head["rights"] and "x" in head["rights"]:
            dirty = [one["size"] for line in output.lines[start:end] if (one := _DIRTY.match(line))]
            if not dirty:
                raise FormatError(f"no 'Private_Dirty' in segment {head['range']}")
            source = output.at(start)
            good = Known(dirty[0] == "0", (source,))
            found.append(
                IntegrityResult(
                    f"segment {head['range']}", good, source, said=f"{head['rights']}, {dirty[0]} kB written"
                )
            )
    return State(memory=known(found))


SIGNATURES = OutputReader(("signatures",), signatures)
SIGNING_KEYS = OutputReader(("signing_keys",), signing_keys)
MEMORY = OutputReader(("memory",), memory)
