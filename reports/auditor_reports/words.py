"""The words with which reports explain severities, outcomes, confidences and reasons."""

import re
from types import MappingProxyType
from typing import Final

import msgspec

from auditor.model.evidence import Code
from auditor.model.run import DeviceStatus, Outcome

HANDLING: Final = "Confidential: contains weaknesses of the network"
LI_SENTENCE: Final = "Interception state is not examined in this mode."
LI_SCOPE: Final = (
    "Looked at is who could set up, see or receive an intercept, and what looks like one that nobody declared.",
    "Accounts of the lawful-intercept office, mediation addresses and intercepts themselves are never shown here; text "
    "about them was left out before anything was read, whether there was any or not.",
    "What a finding means for running intercepts is for the lawful-intercept office to say: refer to it before anything "
    "is changed.",
)
PRODUCT: Final = "Telecom Exposure Auditor"

PRESERVE_STEPS: Final = (
    "Change nothing yet: do not remove, reload or reboot. Removing one way in warns the intruder and destroys traces.",
    "Save the running and the startup configuration, the logs of the device and of its log hosts, and the volatile "
    "state (users logged in, processes, connections, listening ports, memory and storage listings), each with time "
    "and hash. Intercept tables are saved by the lawful-intercept office alone.",
    "Tell the incident response team by a way that does not cross this network. No mail or chat carried in band: "
    "intruders have read the mail of administrators.",
    "Look for the same on the neighbours and on all devices with the same accounts, keys and servers, then remove "
    "everything in one agreed window.",
)


class ReasonWords(msgspec.Struct, frozen=True):
    """What a code for an unknown result means, and what would answer the question."""

    code: str
    meaning: str
    remedy: str


_REASONS: Final = (
    ReasonWords(
        Code.CUT,
        "The configuration was cut short, or a part that matters here was not understood.",
        "Supply the complete configuration; lines that were not understood are listed on the page of the device.",
    ),
    ReasonWords(
        Code.DEFAULT,
        "The setting is not written in the configuration, and the default of this release is not documented.",
        "Write the setting out on the device, or supply output that shows it.",
    ),
    ReasonWords(
        Code.DECLARATION,
        "Nobody has said what is intended, so nothing can be called foreign. The objects are in the review list.",
        "Declare what is intended (start with: auditor learn).",
    ),
    ReasonWords(
        Code.STATE,
        "The answer is in the live state of the device, which was not collected or not with sufficient rights.",
        "Collect from the live device with an account that may run the read-only commands.",
    ),
    ReasonWords(
        Code.VANTAGE,
        "The answer can only be seen from another place on the network, and none was available or nothing answered.",
        "Declare a vantage point and run the probes from there.",
    ),
    ReasonWords(
        Code.VERSION,
        "The software version, or the vendor's data about it, is missing.",
        "Supply the output that shows the version, and the vendor data.",
    ),
    ReasonWords(
        Code.HIDDEN,
        "The value is hashed, encrypted or was removed from the file.",
        "Supply a copy in which the value is not removed, or verify it on the device.",
    ),
    ReasonWords(
        Code.PEERS,
        "Fewer than three devices of the same role could be compared.",
        "Audit more devices of the role together, and give each device its role.",
    ),
)
REASONS: Final = MappingProxyType({words.code: words for words in _REASONS})
NOT_SUPPLIED: Final = MappingProxyType(
    {
        Code.STATE: "for want of live state",
        Code.DECLARATION: "for want of a declaration",
        Code.VANTAGE: "for want of a look from the network",
    }
)
"""What nobody gave the audit: open questions that are no failure."""
NO_CODE: Final = ReasonWords("none", "The reason is written beside the result and has no code.", "Read the reason.")

OUTCOMES: Final = MappingProxyType(
    {
        Outcome.PASS: "Looked at, and nothing wrong was found.",
        Outcome.FAIL: "Looked at, and the lines are cited.",
        Outcome.UNKNOWN: "Could not be judged. The reason is given. Never to be read as a pass.",
        Outcome.NOT_APPLICABLE: "Cannot exist on this device.",
        Outcome.ERROR: "The check itself broke. The question is open and the audit is incomplete.",
    }
)
OUTCOME_WORDS: Final = MappingProxyType(
    {
        Outcome.PASS: "Pass",
        Outcome.FAIL: "Fail",
        Outcome.UNKNOWN: "Unknown",
        Outcome.NOT_APPLICABLE: "Not applicable",
        Outcome.ERROR: "Error",
    }
)
STATUS_WORDS: Final = MappingProxyType(
    {
        DeviceStatus.AUDITED: "Audited",
        DeviceStatus.PARTIAL: "Audited in part",
        DeviceStatus.FAILED: "Not audited",
    }
)
CONFIDENCES: Final = MappingProxyType(
    {
        "certain": "Certain: the cited lines say it.",
        "likely": "Likely: the cited lines say it, but it rests on a documented default or on what a name means.",
        "possible": "Possible: worth a look; other readings are possible.",
    }
)
SEVERITIES: Final = MappingProxyType(
    {
        "critical": "A way in, or the trace of an intruder. Act today.",
        "high": "A serious exposure that known intruders use. Act this week.",
        "medium": "A weakness that helps an intruder who is already close.",
        "low": "A departure from good practice.",
        "info": "Worth knowing. Nothing to mend.",
    }
)
CLASSES: Final = MappingProxyType(
    {
        "backdoor-indicator": "Backdoor indicator",
        "interception": "Interception exposure",
        "li-covert": "Covert interception",
        "li-provisioning": "Lawful-intercept provisioning",
        "li-delivery": "Lawful-intercept delivery",
        "management-exposure": "Management exposure",
        "credential": "Credentials",
        "logging-visibility": "Logging and visibility",
        "integrity": "Integrity",
        "segmentation": "Segmentation",
        "telecom-core": "Telecom core",
        "known-exploited-vulnerability": "Known exploited vulnerability",
    }
)
KINDS: Final = MappingProxyType(
    {
        "exposure": "Bad by itself.",
        "undeclared": "Compared with what the operator declared.",
        "combination": "Several facts that are bad together.",
        "fleet": "Compared with devices of the same role.",
        "cve": "The software version compared with published vulnerabilities.",
    }
)
PLATFORMS: Final = MappingProxyType(
    {
        "cisco_ios": "Cisco IOS",
        "cisco_xe": "Cisco IOS XE",
        "cisco_iosxe": "Cisco IOS XE",
        "cisco_xr": "Cisco IOS XR",
        "cisco_iosxr": "Cisco IOS XR",
        "cisco_nxos": "Cisco NX-OS",
        "juniper_junos": "Juniper Junos",
        "arista_eos": "Arista EOS",
        "nokia_sros": "Nokia SR OS",
        "nokia_srlinux": "Nokia SR Linux",
        "huawei_vrp": "Huawei VRP",
        "frr": "FRR",
        "mikrotik_routeros": "MikroTik RouterOS",
    }
)
WAIVER_STATES: Final = MappingProxyType(
    {
        "used": "Covers findings of this run.",
        "unused": "Covered nothing in this run; remove it if the weakness is gone.",
        "expired": "No longer counts; its findings are open again.",
    }
)

_CODE = re.compile(r"\bU-[A-Z]+\b")


def reason_words(reason: str) -> ReasonWords:
    """The words for the code in the reason of an unknown result."""
    found = _CODE.search(reason)
    return REASONS.get(found[0], NO_CODE) if found else NO_CODE
