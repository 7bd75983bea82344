"""Lawful intercept: in debug output a request for a tap goes with the lines beside it that name who sent it (class 2).

    SNMP: Packet received via UDP from A on GigabitEthernet0/0        debug snmp packets
    SNMP: Set request, reqid 17, errstat 0, erridx 0
     cTap2MediationEntry.3.1 = ...
    SNMP: Packet sent via UDP to A

    RADIUS: COA received from id 21 A:1700, CoA Request, len 120       debug radius, debug aaa coa
    COA: A request queued
     ++++++ CoA Attribute List ++++++
    6523AF4C 0 00000009 li-action(1) 4 1

No document with the words of this output was found, of IOS XR's `snmpd` least of all: the patterns are wide on purpose, and
a line goes only with a row of an intercept MIB or an attribute of an intercept beside it.
"""

import re
from collections.abc import Iterator

from auditor.platforms.redaction.li_text import ATTRIBUTE, OWN_LINE, ROW, WHEN
from auditor.platforms.redaction.spans import Span, without

_SNMP_LINE = re.compile(
    OWN_LINE
    + rb"(?:(?:SNMP|(?:snmpd|SNMPD)(?:\[\d+\])?[ \t]*):[^\n]*|(?:Incoming|Outgoing)[ \t]SNMP[ \t][^\n]*|[ \t]*[A-Za-z.\d][\w.:-]*[ \t]+=[ \t][^\n]*)(?:\n|\Z)"
    rb"|[ \t]+[A-Za-z.][\w.:-]*[ \t]+=[ \t][^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
_SNMP_HEAD = re.compile(
    rb"(?i)packet[ \t]+(?:received|from)|received[ \t]+(?:packet|pdu|request)|\bV3[ \t]+packet|Incoming[ \t]SNMP"
)
_SNMP_SAID = re.compile(rb"\b(?:SNMP|snmpd|SNMPD)\b")
_ROW_NAME = re.compile(
    rb"\b(?:c(?:i?[Tt]ap|802tap|uctap|mtap|[vV]o[iI][pP]tap)|hwLi|hh3cLI|ciscoTap|ciscoIpTap)\w*|\.9\.9\.(?:252|39[459]|400|672|716)\.|ciscoMgmt\.(?:252|39[459]|400|672|716)\."
)
_COA_LINE = re.compile(
    OWN_LINE
    + rb"(?:(?:COA|CoA|RADIUS(?:/\w+)?(?:\(\w+\))?):[^\n]*|[ \t]*\+{3,}[^\n]*\+{3,}[^\n]*|[ \t]*[0-9A-F]{1,16}[ \t]+\d+[ \t]+[\w-]+[ \t]*[\w-]*\(\d+\)[^\n]*"
    rb"|(?:radiusd?|aaa[\w]*)(?:\[\d+\])?[ \t]*:[^\n]*)(?:\n|\Z)"
    rb"|^[ \t]*" + WHEN + rb"[^\n]{0,60}?:[ \t\r]*(?:\n|\Z)",
    re.MULTILINE,
)
_COA_HEAD = re.compile(rb"(?i)\bCOA[ \t]+received|received[ \t]+(?:from[^\n]*)?CoA[- ]Request")
_COA_QUEUED = re.compile(rb"\b(?:COA|CoA):[ \t][^\n]*\bqueued\b")
_SNMP_WORD = re.compile(rb"SNMP|snmpd")
_VARIABLE = re.compile(rb"^[^\n]*[\w\]][ \t]+=[ \t]", re.MULTILINE)
_COA_WORD = re.compile(rb"COA|CoA")
_COA_ANSWERED = re.compile(rb"\bN?ACK\b|\bNAK\b|\b[Aa]ck\b|[Rr]esponse")
_COA_SAID = re.compile(rb"\bC[oO]A\b")


def snmp(content: bytes) -> bytes:
    """A debug output of SNMP without the packets that hold a row of the intercept MIBs, and without one that is torn."""
    if b"SNMP" not in content and b"snmpd" not in content:
        return content
    spans = []
    for run in _runs(content, _SNMP_LINE, _SNMP_WORD):
        for packet in _parted(content, run, _SNMP_HEAD, _SNMP_HEAD):
            text = content[slice(*packet)]
            torn = _torn(content, packet) and _SNMP_HEAD.search(text) and not _VARIABLE.search(text)
            if torn or (_SNMP_SAID.search(text) and (_ROW_NAME.search(text) or ROW.search(text))):
                spans.append(packet)
    return without(content, spans)


def changes(content: bytes) -> bytes:
    """A debug output of changes of authorization without those that carry an intercept attribute, and without one that is torn."""
    if b"COA" not in content and b"CoA" not in content:
        return content
    spans = []
    for run in _runs(content, _COA_LINE, _COA_WORD):
        for packet in _parted(content, run, _COA_HEAD, _COA_QUEUED):
            text = content[slice(*packet)]
            torn = _torn(content, packet) and not _COA_ANSWERED.search(text)
            if _COA_SAID.search(text) and (torn or ATTRIBUTE.search(text)):
                spans.append(packet)
    return without(content, spans)


def _torn(content: bytes, packet: Span) -> bool:
    """Whether the text ends in a packet, or in a line behind it that has no end."""
    return packet[1] >= len(content) or content.find(b"\n", packet[1]) < 0


def _runs(content: bytes, line: re.Pattern[bytes], word: re.Pattern[bytes]) -> Iterator[Span]:
    """Stretches of lines that match, each once; looked for round the lines that hold a word."""
    at = 0
    while (word_at := word.search(content, at)) is not None:
        found = word_at.start()
        start = content.rfind(b"\n", 0, found) + 1
        # Lines of the same packet may stand before the first that says so, where the beginning of the text is torn off.
        while start > at:
            before = content.rfind(b"\n", at, start - 1) + 1
            before = max(before, at)
            if not line.match(content, before, start):
                break
            start = before
        end = start
        while end < len(content):
            stop = content.find(b"\n", end)
            stop = len(content) if stop < 0 else stop + 1
            after = content.find(b"\n", stop) + 1 or len(content)
            blank = not content[end:stop].strip() and line.match(content, stop, after)
            if not blank and not line.match(content, end, stop):
                break
            end = stop
        if end > start:
            yield start, end
        at = max(end, content.find(b"\n", found) + 1 or len(content))


def _parted(content: bytes, run: Span, head: re.Pattern[bytes], other: re.Pattern[bytes]) -> Iterator[Span]:
    """The packets of a stretch: each begins with a line that says that one came, of either kind, and holds each kind once."""
    start, at = run[0], run[0]
    seen: set[int] = set()
    kinds = (head, other) if other is not head else (head,)
    while at < run[1]:
        stop = content.find(b"\n", at, run[1])
        stop = run[1] if stop < 0 else stop + 1
        kind = next((index for index, one in enumerate(kinds) if one.search(content, at, stop)), -1)
        if kind >= 0:
            if kind in seen or (not seen and at > start and kind == 0):
                yield start, at
                start, seen = at, set()
            seen.add(kind)
        at = stop
    yield start, run[1]
