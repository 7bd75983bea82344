"""Lawful intercept: the one place that says what is dropped from documents, and the one function that drops it.

Every document passes `redact` when it comes in and before it is decoded, whatever way it came: file, folder, snapshot,
SSH, SNMP, NETCONF. Class 1 and what tells of running intercepts (class 2) leave nothing behind, no token and no gap in a
numbering, so that evidence lines, checksums and coverage are those of a device without intercepts (lawful-intercept
reference, 5.4, R-LI-02, R-LI-05). What says that a device can intercept stays (class 3).
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

import msgspec

from auditor.model.platform import Platform
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.cisco_ios import redaction as cisco
from auditor.platforms.cisco_iosxr import commits
from auditor.platforms.cisco_iosxr import redaction as iosxr
from auditor.platforms.huawei_vrp import redaction as vrp
from auditor.platforms.juniper_junos import dtcp
from auditor.platforms.juniper_junos import redaction as junos
from auditor.platforms.mikrotik_routeros import redaction as routeros
from auditor.platforms.nokia_srlinux import redaction as srlinux
from auditor.platforms.nokia_sros import redaction as sros
from auditor.platforms.redaction import (
    automation,
    custodian,
    embedded,
    encoded,
    exchanges,
    forbidden,
    frames,
    guard,
    li_text,
    li_words,
    openli,
    records,
    residue,
    signs,
    views,
)
from auditor.platforms.redaction.plain import plain
from auditor.platforms.redaction.signs import Signs


class Rule(msgspec.Struct, frozen=True):
    """Something that is dropped, and how."""

    name: str
    drop: Callable[[bytes], bytes]
    signs: tuple[bytes, ...]
    """Without any of these bytes the rule has nothing to do; in lower case, and letter case is ignored. None: it looks itself."""
    platforms: frozenset[str] = frozenset()
    """Where its words mean this; empty for everywhere."""
    alone: bool = True
    """Its words mean this also in a text that looks like no platform."""
    target: bool = True
    """It names targets or warrants (class 1), which the custodian is told; False for operators and mediation."""


_CISCO = frozenset((Platform.CISCO_IOS, Platform.CISCO_IOSXE, Platform.CISCO_NXOS))

RULES: tuple[Rule, ...] = (
    # Before all others: what drops the line of a command leaves its output.
    Rule("captures of protected commands", li_text.captured, ()),
    Rule("Cisco: intercept view", cisco.view, (b"li-view", b"md-list"), _CISCO, target=False),
    Rule("Cisco: users of the intercept view", cisco.users, (b"lawful-intercept",), _CISCO, target=False),
    Rule("Cisco: taps of cable modems", cisco.cable, (b"intercept",), _CISCO),
    Rule("IOS XR: operators of taps", iosxr.redacted, (b"taskgroup",), frozenset((Platform.CISCO_IOSXR,)), target=False),
    Rule("IOS XR: labels of commits that name a case", commits.labels, (b"label/id",), frozenset((Platform.CISCO_IOSXR,))),
    Rule(
        "Junos: policies of radius-flow-tap",
        junos.redact,
        (b"radius-flow-tap", b"drop-policy", b"dynamic-flow-capture"),
        frozenset((Platform.JUNIPER_JUNOS,)),
    ),
    Rule("SR OS: the region li", sros.redact, (b"li", b"intercept-id"), frozenset((Platform.NOKIA_SROS,))),
    Rule("SR OS: a user in whom the text ends", sros.torn, (b"user",), frozenset((Platform.NOKIA_SROS,)), alone=False, target=False),
    Rule("SR Linux: lawful-intercept", srlinux.redact, (b"lawful-intercept",), frozenset((Platform.NOKIA_SRLINUX,)), alone=False),
    Rule("VRP: statements", vrp.redact, (b"li", b"law", b"x1", b"x2", b"x3"), frozenset((Platform.HUAWEI_VRP,)), alone=False),
    Rule("RouterOS: calea", routeros.redact, (b"calea", b"sniff-", b"=sniff", b"=\"sniff"), frozenset((Platform.MIKROTIK_ROUTEROS,))),
    Rule("debug: packets of SNMP that set taps", exchanges.snmp, (b"snmp:", b"snmpd"), target=False),
    Rule("debug: changes of authorization that set taps", exchanges.changes, (b"coa",), target=False),
    Rule("SNMP: rows of the intercept MIBs", li_text.snmp_rows, (b"6.1.4.1.", b"prises.", b"tap", b"li-mib", b"hwli", b"cfli", b"3cli", b"tmirror", b"mirror-mib", b"ciscomgmt.")),
    Rule("records of intercepts in JSON", records.records, records.SIGNS),
    Rule(
        "X1: messages and objects",
        li_text.x1_messages,
        (b"x1re", b"x1top", b"targetident", b"hashedident", b"liid", b"xid", b"<did", b":did", b"ofdids", b"taskdetails", b"li-source",
         b"li-filter", b"li-ip-filter", b"li-ipv6-filter", b"li-mac-filter", b"intercept-id", b":li\""),
    ),
    Rule("OpenLI: files", openli.files, openli.SIGNS),
    Rule("DTCP: requests", dtcp.requests,
         (b"dtcp", b"criteria-", b"csource-", b"cdest-", b"x-jtap", b"x-md-", b"x-drop-", b"x-interface-id", b"x-username", b"x-act-sess", b"x-ip-addr", b"capture group:", b"jnxdfc", b"2636.3.33.")),
    Rule("commands that run by themselves", automation.targets, automation.SIGNS),
    Rule(
        "RADIUS: intercept attributes",
        li_text.radius_attributes,
        (b"coa-request", b"access-accept", b"intercept-id", b"li-action", b"med-dev-", b"med-ip-", b"med-port-", b"alc-li-", b"li-id",
         b"md-ip", b"md-port", b"li-md-", b"attribute list", b"radius-", b"li action", b"li destination", b"li intercept", b"li-profile", b"lawful-intercept-status"),
    ),
    Rule(
        "logs: lines about intercepts",
        li_text.log_lines,
        li_text.LOG_WORDS,
        target=False,
    ),
    Rule(
        "free text that names a case",
        li_text.named_cases,
        li_text.CASE_WORDS,
    ),
)  # fmt: skip
_SIGNS = Signs(
    (*(sign for rule in RULES for sign in rule.signs), b"%", b'"', b">", b"li-", b"li_", b"tap", b"target", b"x1")
)

LI_FILES = frozenset(("li.cfg", "li.cfg.1", "li.ndx"))
"""Files of SR OS that hold nothing but the region `li` (lawful-intercept reference, 2.5): not opened."""

_LOOKS: tuple[tuple[re.Pattern[bytes], frozenset[str]], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), frozenset(platforms))
    for pattern, platforms in (
        (rb"TiMOS-|^(?:/ ?)?configure \{|^[ \t]*exit all|^/ ?configure |urn:nokia.com:sros:", (Platform.NOKIA_SROS,)),
        (rb"by RouterOS|^/(?:ip|interface|system|tool|user)[ /][^\n]*\n(?:add|set)[ \t]", (Platform.MIKROTIK_ROUTEROS,)),
        (rb"srl_nokia-|^set / |^interface (?:ethernet-\d|mgmt0|system0)[^\n]*\{", (Platform.NOKIA_SRLINUX,)),
        (rb"^!! IOS XR|^taskgroup |^RP/\d+/", (Platform.CISCO_IOSXR,)),
        (rb"^! device: |^! Command: show running-config\n! device|secret sha512 \$6\$", (Platform.ARISTA_EOS,)),
        (rb"^frr version |^frr defaults |^hostname [^\n]*\nlog syslog", (Platform.FRR,)),
        (rb"^sysname |^[ \t]*undo [a-z]|^!Software Version V|^return[ \t\r\0]*$", (Platform.HUAWEI_VRP,)),
        (rb"^[ \t]*host-name [^\n]*;|^set (?:version|system|interfaces) |xml\.juniper\.net|^## Last (?:commit|changed)|^version [\w.-]+;",
         (Platform.JUNIPER_JUNOS,)),
        (rb"^hostname |^version \d|^Building configuration|^Current configuration|^!Command: show", (*_CISCO, Platform.CISCO_IOSXR)),
    )
)  # fmt: skip
_HEAD = 20_000
"""Bytes that show what a document is."""
_DEPTH = 3
"""Forms in one another that are looked into: a count in front of a quotation in front of the time."""
_NESTED = 3
"""Texts in base64 in one another that are looked into."""
_BOM = b"\xef\xbb\xbf"
_REMEMBERED = 512


def redact(content: bytes, platform: str = "", name: str = "") -> bytes:
    """A document without what lawful intercept protects, as plain text; the same object where there is nothing of it.

    Without a platform, the one that the bytes look like decides which rules apply; all of them where they look like none.
    `name` is where it stands, for the custodian and for the scanner of outputs: a device, or the path of a file.
    """
    read = (hash(content), platform)
    if read in _CLEAN_SET:
        return content
    if read in _KEPT:  # a file that is opened again
        kept, told = _KEPT[read]
        _account(plain(content), kept, name, told=told)
        return kept
    kept, target = _kept(content, platform, name, _NESTED)
    if target is not None:
        _keep(read, kept, told=target)
    _remember(hash(kept), platform)
    return kept


def _kept(content: bytes, platform: str, name: str, nested: int) -> tuple[bytes, bool | None]:
    """What is kept of a document, and whether a target was among the rest; None where nothing went.

    `nested`: encodings in one another that are still looked into.
    """
    content = plain(content)
    if nested:
        content = encoded.without(content, lambda text: _kept(text, platform, name, nested - 1)[0])
    marker = (hash(content), platform)
    holds = _SIGNS.of(li_words.spelled(content))
    # What belongs to no platform was looked for when the document came in, before its platform was known.
    looked = (marker[0], "") in _CLEAN_SET
    rules = [
        rule
        for rule in _applying(content, platform)
        if not (looked and not rule.platforms) and (not rule.signs or any(map(holds, rule.signs)))
    ]
    kept, told = _dropped(content, rules) if rules else (content, False)
    if views.joined(kept):
        kept = b""
    if kept is not content:
        residue.note(content, kept, _platforms(content, platform), lambda part: _dropped(part, rules)[0])
        _account(content, kept, name, told=told)
    signs.forget()
    return kept, told if kept is not content else None


def _account(content: bytes, kept: bytes, name: str, *, told: bool) -> None:
    """Remember what was dropped for the last look at outputs, and tell the custodian."""
    guard.remember(content, kept, name)
    if told:
        custodian.note(name, content, kept)


def documents(found: Iterable[Document], platform: str = "", device: str = "") -> tuple[Document, ...]:
    """Documents without what is protected, those that show nothing else left out; checksums are of what is kept."""
    kept = []
    for document in found:
        if forbidden.shows_intercepts(document.role) or document.name.rpartition("/")[2] in LI_FILES:
            redact_whole(document.content, device or document.name)
            continue
        content = redact(document.content, platform, device or document.name)
        if joined(document.content):
            continue  # one that is not there is unknown, an empty one would say that there is nothing
        if content is not document.content:
            digest = sha256(content).hexdigest() if document.sha256 else ""
            document = msgspec.structs.replace(document, content=content, sha256=digest)
        kept.append(document)
    return tuple(kept)


def joined(content: bytes) -> bool:
    """Whether all lines of a document were made one: nothing of it is kept, so that nothing of it may count as looked at."""
    return b"\n" not in content.rstrip(b"\0\r\n\t ") and views.joined(plain(content))


def redact_whole(content: bytes, name: str) -> None:
    """Account for a document of which nothing is kept."""
    content = plain(content)
    if content.strip():
        guard.remember(content, b"", name)
        custodian.note(name, content, b"")


def errors(found: Iterable[CollectionError]) -> tuple[CollectionError, ...]:
    """Reasons without what a device said about intercepts."""
    return tuple(
        msgspec.structs.replace(error, reason=reason(error.reason)) if li_text.says_so(error.reason) else error
        for error in found
        if not forbidden.shows_intercepts(error.document)
    )


def reason(text: str) -> str:
    """The text of an error that may quote a device."""
    return "the device did not carry it out" if li_text.says_so(text) else text


def _applying(content: bytes, platform: str) -> Sequence[Rule]:
    looks = _platforms(content, platform)
    return [rule for rule in RULES if not rule.platforms or rule.platforms & looks or (not looks and rule.alone)]


def _platforms(content: bytes, platform: str) -> frozenset[str]:
    """The platform of a document, or those that it looks like."""
    return frozenset((platform,)) if platform and platform != "auto" else _looks(content)


def _looks(content: bytes) -> frozenset[str]:
    """The platforms that the bytes look like; none where nothing decides it."""
    head = content[:_HEAD].removeprefix(_BOM)
    for _ in range(_DEPTH):
        shown = frames.bare(head)
        found = next((platforms for pattern, platforms in _LOOKS if pattern.search(shown)), None)
        inner = b"" if found else views.bare(head)
        if found or inner == head:
            return found or frozenset()
        head = inner
    return frozenset()


def _dropped(content: bytes, rules: Sequence[Rule]) -> tuple[bytes, bool]:
    """What is kept, and whether a target was among the rest. Frames round the lines go on as if nothing had stood there."""
    told = False
    concerned = li_words.concerned(content)

    def kept(text: bytes, depth: int = 0) -> bytes:
        nonlocal told
        if concerned and depth < _DEPTH:
            text, whole = views.without(text, lambda inner: kept(inner, depth + 1))
            if whole:
                return text
        found = b""
        for part in frames.parts(text):
            bare, target = _ruled(part.bare, rules)
            left = part.text if bare == part.bare else part.framed(bare)
            if part.alike:  # the mark may be what makes a line a comment
                left, more = _ruled(left, rules)
                target = target or more
            found += left
            told = told or target
        # Rules that know capitals have seen them.
        return views.lowered(found, ruled) if concerned and li_words.cased(found) else found

    def ruled(text: bytes) -> bytes:
        nonlocal told
        text, target = _ruled(text, rules)
        told = told or target
        return text

    def looked(text: bytes, depth: int = 0) -> bytes:
        text = kept(text) if concerned and embedded.is_lines(text) else text
        return kept(embedded.without(text, lambda inner: looked(inner, depth + 1)) if depth < _DEPTH else text)

    body = content.removeprefix(_BOM)
    text = body.replace(b"\r\n", b"\n")
    for rule in rules:  # the output below a command goes with it, whatever a form makes of the command
        if rule.drop is li_text.captured:
            text, told = _ruled(text, [rule])
    left = looked(text)
    if left == body.replace(b"\r\n", b"\n"):
        return content, False
    left = frames.ended(left, body) if b"\r\n" in body else left
    return (_BOM + left if body is not content else left), told


def _ruled(text: bytes, rules: Sequence[Rule]) -> tuple[bytes, bool]:
    """Every rule, until none finds anything: what one drops may lay open what another one knows.

    Always twice at least, so that a text in which nothing is found takes as long as one in which something was.
    """
    told = False
    for turn in range(3):
        before = text
        for rule in rules:
            if rule.signs and not any(map(signs.held(text).holds, rule.signs)):
                continue
            after = _ended(text, rule.drop(text))
            told = told or (rule.target and after != text)
            text = after
        if text == before and turn:
            break
    return text, told


def _ended(text: bytes, kept: bytes) -> bytes:
    """What is kept ends its last line where the line was ended before something that went."""
    cut = kept != text and kept and not kept.endswith(b"\n") and text.startswith(kept + b"\n")
    return kept + b"\n" if cut else kept


_CLEAN: deque[tuple[int, str]] = deque()
_CLEAN_SET: set[tuple[int, str]] = set()
"""Hashes of documents that were looked at and hold nothing any more; Python's own hash, of this process alone."""
_FILES = 16
_LARGEST = 2_000_000
"""Bytes of a document that is kept in mind."""
_KEPT: dict[tuple[int, str], tuple[bytes, bool]] = {}
"""By such hashes of what was read, what was kept of the last documents of which something went, and whether a target was in it."""


def _remember(marker: int, platform: str) -> None:
    key = (marker, platform)
    if key not in _CLEAN_SET:
        _CLEAN_SET.add(key)
        _CLEAN.append(key)
        if len(_CLEAN) > _REMEMBERED:
            _CLEAN_SET.discard(_CLEAN.popleft())


def _keep(read: tuple[int, str], kept: bytes, *, told: bool) -> None:
    if len(kept) <= _LARGEST:
        _KEPT[read] = (kept, told)
        if len(_KEPT) > _FILES:
            del _KEPT[next(iter(_KEPT))]


def forget() -> None:
    """Look at every document anew; for tests that alter the rules."""
    _CLEAN.clear()
    _CLEAN_SET.clear()
    _KEPT.clear()
