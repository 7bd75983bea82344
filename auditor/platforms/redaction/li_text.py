"""Texts of any system that show intercepts: rules of redaction that belong to no platform (reference, 5.4 and 1.4 to 1.10).

Every function takes the bytes of a document and gives them back without what is protected. Nothing is put in its place.
What could hide a statement of a configuration from the audit is not dropped: in configurations only free text goes.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from auditor.platforms.redaction import forbidden
from auditor.platforms.redaction.signs import held
from auditor.platforms.redaction.spans import (
    Span,
    is_json,
    is_xml,
    json_members,
    objects_holding,
    value_end,
    with_comma,
    without,
    xml_elements,
)

_COMMAND = re.compile(
    rb"^(?P<prompt>[^\s#>$%\]\"'=;{}]{1,80}[#>$%]|[<\[](?!\d{1,7}\]|\d\d:|\d{4}-)[^\n#>$%\]]{1,80}(?:\][ \t]*[>#$]|[>\]]))[ \t]*(?P<command>/?[a-z][^\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
"""A prompt and the command behind it."""
_LINES_BEFORE = 40
"""Lines that a message of the day may have before the first prompt."""
_MODE = re.compile(rb"\(.*?\)|[#>$%\[\]<*]|\s|~.*")


def captured(content: bytes) -> bytes:
    """A capture of a session without the outputs of commands that show intercepts, their command lines included.

    A capture begins with a prompt; what looks like one deep in a configuration is the text of a banner.
    """
    if not _COMMAND.search(content, 0, _end_of_line(content, _LINES_BEFORE)):
        return content
    found = [(match, _MODE.sub(b"", match["prompt"])) for match in _COMMAND.finditer(content)]
    begins = [
        (begin.start(), begin[0].lstrip(b"-+ ").lower().startswith(b"!command")) for begin in _BEGINS.finditer(content)
    ]
    ends = [end.start() for end in _ENDS.finditer(content)]
    spans: list[Span] = []
    later: dict[bytes, int] = {}
    for match, host in reversed(found):
        start, inside = _context(content, match.start())
        command = match["command"]
        shows = inside or forbidden.shows_intercepts(command.decode("utf-8", "replace")) or _asks_for_case(command)
        if shows and not _inside(begins, ends, match.start()):
            end = later.get(host)
            spans.append((start, _last_prompt(content, match) if end is None else end))
        later[host] = start
    return without(content, spans)


_SOUGHT = re.compile(
    rb"(?:do[ \t]+)?(?:sh|show|disp?|dis|display|info|admin|more|file|monitor|grep)\b[^\n|]*(?:[|]|[ \t]message[ \t])(?P<words>[^\n]*)",
    re.IGNORECASE,
)
_OF_INTERCEPTS = re.compile(rb"\b(?:li-(?:source|filter|target)|drop-policy|radius-flow-tap)\b")


def _asks_for_case(command: bytes) -> bool:
    """Whether somebody looks for a case in an output: a report would quote the command as the name of a document."""
    sought = _SOUGHT.match(command)
    if sought is None:
        return False
    return bool(_NAMED_CASE.search(sought["words"]) or _OF_INTERCEPTS.search(sought["words"]))


_CONTEXT = re.compile(rb"[!*?]{0,3}\[[^\n]*\][ \t\r]*\n")
_PROTECTED = re.compile(rb"[:/ >](?:li|radius-flow-tap|lawful-intercept)[] /\"]")


def _context(content: bytes, at: int) -> tuple[int, bool]:
    """Where a prompt begins with the line above it that tells the mode, and whether that mode shows intercepts."""
    before = content.rfind(b"\n", 0, max(at - 1, 0)) + 1
    line = content[before:at]
    if not _CONTEXT.fullmatch(line):
        return at, False
    return before, _PROTECTED.search(line) is not None


_BEGINS = re.compile(
    rb"^[-+ ]?(?:version \d|!! IOS XR|Building configuration|Current configuration|frr version|! Command: show running|sysname |!Software Version"
    rb"|hostname |!Command: show)",
    re.MULTILINE | re.IGNORECASE,
)
_ENDS = re.compile(rb"^[-+ ]?(?:end|return)[ \t\r]*$", re.MULTILINE | re.IGNORECASE)


def _inside(begins: list[tuple[int, bool]], ends: list[int], at: int) -> bool:
    """Whether a configuration began before this place and ends behind it: then it is the text of a banner.

    NX-OS prints no end, and has no command that shows intercepts.
    """
    before = begins[: bisect_left(begins, (at, False))]
    if not before or bisect_left(ends, at) > bisect_left(ends, before[0][0]):
        return False
    return before[0][1] or bisect_left(ends, at) < len(ends)


def _end_of_line(content: bytes, number: int) -> int:
    """Where a line ends, counted from 0; the end of the text where it has fewer."""
    at = -1
    for _ in range(number + 1):
        at = content.find(b"\n", at + 1)
        if at < 0:
            return len(content)
    return at


def _last_prompt(content: bytes, command: re.Match[bytes]) -> int:
    """Where a prompt without a command ends the last output; else the end of the text."""
    end = re.compile(rb"^" + re.escape(command["prompt"]) + rb"[ \t\r]*$", re.MULTILINE).search(content, command.end())
    return end.start() if end else len(content)


def lines_holding(content: bytes, words: tuple[bytes, ...]) -> Iterator[Span]:
    """The lines that hold one of the words, in order, each once; letter case is ignored. Finding is quicker than matching."""
    return held(content).lines(words)


def _without_lines(content: bytes, words: tuple[bytes, ...], pattern: re.Pattern[bytes]) -> bytes:
    """Without the lines that hold a word and match."""
    spans = [span for span in lines_holding(content, words) if pattern.match(content, *span)]
    return without(content, spans)


def _numbers(tails: Iterator[str]) -> bytes:
    return "|".join(sorted(tails)).encode()


WHEN = (
    rb"(?:<\d{1,3}>)?(?:\d+[ \t]+)?(?:[*.]?[A-Z][a-z]{2}[ \t]+\d|\d{4}[-/]\d\d[-/]\d\d|\d\d:\d\d:\d\d|\d{6,}:[ \t]|RP/\d|LC/\d"
    rb"|%[A-Z]|%% ?[A-Z0-9]|(?:MINOR|MAJOR|CRITICAL|INFO|WARNING|Warning|Error|ERROR|error|NOTICE|warning):)"
)
OWN_LINE = rb"^[ \t\"']*(?:" + WHEN + rb"[^\n]{0,60}?)?"
"""Before a word that stands in a line of its own, or in one of a log. No statement of a configuration begins so, and none may be
hidden by a word that somebody writes into it."""

_ENTERPRISE = (1, 3, 6, 1, 4, 1)
_TAILS = _numbers(
    r"\.".join(map(str, root[len(_ENTERPRISE) :])) for root in forbidden.SUBTREES
)  # fmt: skip
_BRANCHES = _numbers(r"\.".join(map(str, root[8:])) for root in forbidden.SUBTREES if root[:8] == (*_ENTERPRISE, 9, 9))
_MODULES = (
    rb"CISCO-(?:TAP2?|IP-TAP|802-TAP|USER-CONNECTION-TAP|MOBILITY-TAP|VOIP-TAP)-MIB|(?:HH3C|HPN-ICF|A3COM-HUAWEI|HUAWEI)-LI-MIB"
    rb"|TIMETRA-MIRROR-MIB"
)
_OBJECTS = rb"c(?:i?[Tt]ap|802tap|uctap|mtap|[vV]o[iI][pP]tap)\w*|hwLi\w+|(?:hh3c|hpnicf|h3c)LI\w+|tMirror(?:Source|Radius|Li)\w*|ciscoTap\w*"
_IDENTIFIER = (
    rb"(?:(?:\.?1\.3\.6\.1\.4\.1|\.?iso(?:\.3\.6\.1\.4\.1|\.org\.dod\.internet\.private\.enterprises)|(?:SNMPv2-SMI::)?enterprises)\.(?:"
    + _TAILS
    + rb"|cisco\.ciscoMgmt\.(?:"
    + _BRANCHES
    + rb"))|(?:cisco\.)?ciscoMgmt\.(?:"
    + _BRANCHES
    + rb"))(?![\d])[\d.]*"
)
_OBJECT = (
    rb"(?:"
    + _IDENTIFIER
    + rb"|(?:(?:"
    + _MODULES
    + rb")::\w+|(?:\.?(?:[a-z][\w-]{0,40}\.){1,20})?(?:"
    + _OBJECTS
    + rb"))(?<!Capabilities)[\d.\w\"':\[\]-]*)"
)
_ROW_WORDS = (
    *(".".join(map(str, root[len(_ENTERPRISE) :])).encode() for root in forbidden.SUBTREES),
    *(
        b"-tap-mib",
        b"-tap2-mib",
        b"-li-mib",
        b"timetra-mirror-mib",
        b"ctap",
        b"citap",
        b"c802tap",
        b"cuctap",
        b"cmtap",
        b"cvoiptap",
    ),
    *(b"hwli", b"hh3cli", b"icfli", b"h3cli", b"tmirror", b"ciscotap", b"ciscomgmt."),
)
ROW = re.compile(
    rb"^[ \t]*(?:[$#%>][ \t]*|[^\s#>$%]{1,60}[#>$%][ \t]*)?(?:sudo[ \t]+)?snmp(?:set|b?u?l?k?get|getnext|walk|bulkwalk|table)[ \t][^\n]*?[ \t]"
    + _OBJECT
    + rb"[^\n]*(?:\n|\Z)|"
    + OWN_LINE
    + rb"(?:[{\[]?[ \t]*[\"']?(?:oid|OID|Oid|name|object)[\"']?[ \t]*[=:][ \t]*[\"']?"
    + _OBJECT
    + rb"[\"']?[ \t]*[,;|]|"
    + _OBJECT
    + rb"[ \t]*(?:=|:[ \t]|->)|"
    + _IDENTIFIER
    + rb"(?:[ \t]+(?=[^ \t\n])|[\"']?[ \t]*[,;|]))[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
"""A row of net-snmp, or of a table whose first column is a number. A name may be anybody's: of a user, or of a view."""
_ROW_CELL = re.compile(
    rb"<([\w:.-]{1,40})[^<>]*>\s*" + _OBJECT + rb"\s*</\1>\s*(?:<([\w:.-]{1,40})[^<>]*>[^<]*</\2>\s*)*", re.MULTILINE
)
_ROW_VALUE = re.compile(rb'"' + _OBJECT + rb'"')
_TABLES = rb"(?:cTap2|citap|c802tap|cuctap|cmtap|cvoiptap)(?!\w*Capabilities)\w+"
_MODULE_MEMBER = re.compile(
    rb'"(?:' + _MODULES + rb")(?::" + _TABLES + rb')?"[ \t\r\n]*:[ \t\r\n]*|"' + _TABLES + rb'"[ \t\r\n]*:[ \t\r\n]*'
)
"""The same MIBs as NETCONF and RESTCONF show them on IOS-XE (reference, 1.8)."""
_ROW_MEMBER = re.compile(rb'"' + _OBJECT + rb'"[ \t]*:[ \t]*')
_CAPABILITY = re.compile(rb"Capabilities(?:\.0)?[ \t]*[\"=:]")
_GOES_ON = re.compile(rb"(?:[ \t]*(?:[0-9A-Fa-f]{2}[ \t]+)*[0-9A-Fa-f]{2}[ \t\r]*(?:\n|\Z))+")


_STRING_GOES_ON = re.compile(
    rb"(?:[^\n\"]*\n){0,8}?[^\n\"]*(?:\"[ \t\r]*\n(?=[ \t]*\Z|[^\s=]+[ \t]*=|\"?\.?[\w-]+(?:::|\.\d))|\"?[ \t\r]*\Z)"
)
"""The rest of a string of several lines. Behind it the walk goes on, or the text ends."""


def snmp_rows(content: bytes) -> bytes:
    """An SNMP answer or walk without rows of the intercept MIBs; their capabilities stay (class 3)."""
    content = without(content, json_members(content, _ROW_MEMBER.finditer(content), 0))
    content = without(content, json_members(content, _MODULE_MEMBER.finditer(content), 0))
    if is_json(content):
        objects = (
            (start, value_end(content, start)) for start, _ in objects_holding(content, _ROW_VALUE.fullmatch) if start
        )
        content = without(content, [with_comma(content, one) for one in objects])
    if b"<" in content:
        content = without(content, xml_elements(content, (_MODULES, _TABLES)))
    if b"<" in content and is_xml(content):
        content = without(content, [cell.span() for cell in _ROW_CELL.finditer(content)])
    return without(content, _rows(content))


_OPENED = re.compile(rb"[=:,][ \t]*\"[^\"\n]*\n?\Z")
"""A value that begins with a quotation mark and goes on in the next line; a mark at the end of a line closes what was before."""


def _rows(content: bytes) -> Iterator[Span]:
    for start, stop in lines_holding(content, _ROW_WORDS):
        row = ROW.match(content, start, stop)
        if row is None or _CAPABILITY.search(row[0]):
            continue
        end = row.end()
        if row[0].count(b'"') % 2 and _OPENED.search(row[0]):
            string = _STRING_GOES_ON.match(content, end)
            end = string.end() if string else end
        else:
            more = _GOES_ON.match(content, end)
            end = more.end() if more else end
        yield row.start(), end


_X1 = (
    rb"X1(?:Request|Response|TopLevelErrorResponse)",
    rb"x1(?:Request|Response)Message",
    rb"(?:listOfT|t)argetIdentifiers?",
    rb"hashedIdentifier",
    rb"(?i:liid)",
    rb"(?:xId|XID|listOfXIDs|dId|DID|listOfDIDs)",
    rb"taskDetails",
    rb"(?:li-source|li-filter|li-ip-filter|li-ipv6-filter|li-mac-filter)",
    rb"intercept-id",
)
_X1_MEMBER = re.compile(
    rb'"(?:[\w.-]{1,40}:)?(?:X1(?:Request|Response|TopLevelErrorResponse)|targetIdentifiers?|hashedIdentifier|[lL][iI][iI][dD]|xId|XID'
    rb"|taskDetails|li-source|li-filter|li-ip-filter|li-ipv6-filter|li-mac-filter|intercept-id|nokia-conf:li|nokia-state:li)"
    rb'"[ \t\r\n]*:[ \t\r\n]*'
)


def x1_messages(content: bytes) -> bytes:
    """A text without messages and objects of ETSI TS 103 221-1, as XML or JSON, and objects of that kind of SR OS."""
    content = without(content, xml_elements(content, _X1))
    return without(content, json_members(content, _X1_MEMBER.finditer(content), 0))


_TRACED = rb"(?:[^\n]*\bRADIUS\b|(?:\(\d+\))?[ \t]+[A-Z][\w-]+[ \t]*(?:\[|[:+]?=|:|\())[^\n]*(?:\n|\Z)"
"""A line of a trace behind the first of its packet; no line of a configuration looks so."""
_PACKET_HEAD = (
    rb"^(?:[^\n]*\bRADIUS\b|[^\n]*\b(?:Received|Sent|Sending|rad_recv)\b)[^\n]*\b(?:Access-(?:Request|Accept|Reject|Challenge)"
    rb"|Accounting-(?:Request|Response)|CoA-(?:Request|ACK|NAK)|COA|Disconnect-(?:Request|ACK|NAK))\b[^\n]*\n"
)
_PACKET = re.compile(
    _PACKET_HEAD + rb"(?:(?!" + _PACKET_HEAD.removeprefix(b"^") + rb")" + _TRACED + rb")*", re.MULTILINE
)
_TORN_HEAD = re.compile(
    rb"(?:[^\n]*\bRADIUS\b|[^\n]*\b(?:Received|Sent|Sending|rad_recv)\b)[^\n]*\b(?:Access-Accept|CoA-Request)\b"
)
_TRACED_LINE = re.compile(_TRACED)
ATTRIBUTE = re.compile(
    rb"\b(?:intercept-id|li-action|md-(?:ip-?addr\w*|port\w*)|LI-Action|Med-(?:Dev-Handle|Ip-Address|Port-Number)|Alc-LI-[\w-]+"
    rb"|(?:HW-)?LI-(?:I[dD]|Md-[\w-]+|Action|Profile)|Lawful-Intercept-Status|LI[ _](?:ACTION|DESTINATION|INTERCEPT|DIRECTION|SESSION|FC))\b[^\n]*"
)
_ATTRIBUTE_LINE = re.compile(
    rb"^(?:\(\d+\))?[ \t]*(?:(?:[*.A-Z\d][^\n]{0,60}?: )?RADIUS(?:\(\w+\))?:[^\n]*|[\w-]*[Aa][Vv]-?[Pp]air\b[^\n]*)?\"?\b(?:"
    rb"(?:intercept-id|li-action|md-(?:ip-?addr|port)[\w-]*)[ \t]*="
    rb"|(?:[A-Z]\w{1,15}-)?(?:LI-Action|Med-(?:Dev-Handle|Ip-Address|Port-Number)|LI-(?:I[dD]|Md-[\w-]+|Action|Profile)"
    rb"|Lawful-Intercept-Status)\b[ \t]*(?:[:+]?=|\[|:|\()|Alc-LI-[\w-]+[ \t]*(?:[:+]?=|\[|:|\()"
    rb")[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
"""An attribute in a line of its own, of a trace or inside one that holds pairs. No statement of a configuration begins so, and
none may be hidden by a word that stands in it."""


_LISTED = re.compile(
    rb"^[^\n]*\+{3,}[ \t]*CoA Attribute List[^\n]*\n(?:[^\n]*\b[0-9A-F]+[ \t]+[\w-]+\(\d+\)[ \t]+\d+[^\n]*(?:\n|\Z))*",
    re.MULTILINE,
)
"""A request for a change as IOS shows it (`debug aaa coa`)."""
_RECEIVED = re.compile(rb"^(?:[^\n]*\bradius-[a-z-]{3,30}:[^\n]*(?:\n|\Z))+", re.MULTILINE)
"""Attributes as the trace of Junos shows them, one a line."""
_DEBUGGED = re.compile(
    rb"^\d+[ \t]+\d{4}/\d\d/\d\d[ \t][^\n#]*#\d+[^\n]*\bRADIUS\b[^\n]*\n\"[^\"\n]*(?:\n[ \t][^\"\n]*){0,200}\n?(?:\"[ \t]*(?:\n|\Z)|\Z)",
    re.MULTILINE,
)
"""A packet in the debug log of SR OS, in quotation marks."""


_ATTRIBUTE_WORDS = (
    b"intercept-id",
    b"li-action",
    b"md-ip",
    b"md-port",
    b"LI-",
    b"LI_",
    b"LI ",
    b"Med-",
    b"Lawful-Intercept",
)
"""One of these stands in every attribute: looking for them is quicker than matching."""
_ATTRIBUTE_LINE_WORDS = (b"intercept-id", b"li-", b"md-ip", b"md-port", b"med-", b"lawful-intercept-status")
_PACKETS = (
    (_PACKET, (b"Access-", b"Accounting-", b"CoA-", b"COA", b"Disconnect-")),
    (_LISTED, (b"CoA Attribute List",)),
    (_RECEIVED, (b"radius-",)),
    (_DEBUGGED, (b"RADIUS",)),
)
"""The shapes of packets with the words that stand in each."""


def radius_attributes(content: bytes) -> bytes:
    """A trace of RADIUS without the packets that carry intercept attributes: their other attributes name a target.

    A packet that may carry them and that the end of the text tears goes too.
    """
    attributes = any(word in content for word in _ATTRIBUTE_WORDS)
    for shape, words in _PACKETS if attributes else ():
        if any(word in content for word in words):
            content = shape.sub(lambda packet: b"" if ATTRIBUTE.search(packet[0]) else packet[0], content)
    if b"Access-Accept" in content or b"CoA-Request" in content:
        content = content[: _torn_packet(content)]
    return _without_lines(content, _ATTRIBUTE_LINE_WORDS, _ATTRIBUTE_LINE) if attributes else content


def _torn_packet(content: bytes) -> int:
    """Where packets begin that the end of the text tears: nothing but lines of a trace is behind them."""
    begins = len(content)
    end = len(content.removesuffix(b"\n"))
    while end > 0:
        start = content.rfind(b"\n", 0, end) + 1
        # A line without its end is the last one of the text alone.
        begins = start if end < len(content) and _TORN_HEAD.match(content, start, end) else begins
        if not _TRACED_LINE.match(content, start, end):
            break
        end = start - 1
    return begins


_LOG = re.compile(
    rb"^[ \t\"']*"
    + WHEN
    + rb"[^\n]*(?:\bdfcd?(?:\[\d+\])?[:_]|\bDTCP/\d|%(?:LI|TAP2?|LAWFUL\w*|INTERCEPT\w*|\w+-LI)[-_]|%PARSER-\d-LI_VIEW"
    rb"|\bLI(?:_|-MA\b|-DEBUG\b|[ \t]#\d|[ \t]user\b)|\blawful[- ]intercept\w*|\btMirror(?:Source|Radius|Li)\w*|\btmnxLi\w*|\bsros-li-"
    rb"|\bc(?:isco)?Tap2?(?:MIB|Med|Str|Deb|Switch)\w*|\bli-(?:source|filter|target)\b|\bflow-?tap\b|\bradius-flow-tap\b"
    rb"|\((?:LI-Action|Med-(?:Dev-Handle|Ip-Address|Port-Number))\)|\bli-view\b|\bmd-list\b|\bcalea\b|\bsniff-id\b|\bconfigure li\b|\[/?(?:configure )?li\b)[^\n]*(?:\n|\Z)",
    re.MULTILINE | re.IGNORECASE,
)
_EVENT = re.compile(
    rb"^\d+[ \t]+\d{4}/\d\d/\d\d[ \t][^\n#]*#\d+[^\n]*\n\"[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
"""An event of SR OS: a line that says what it is, and the text in quotation marks below it."""
_LOGGED = re.compile(
    rb"(?:logged command:|\bcmd=|\bcommand[= ]['\"]|\bset: \[)[ \t]*(?P<command>[^\n]*)", re.IGNORECASE
)
_LI_COMMAND = re.compile(
    rb"(?:configure(?: terminal)?[ \t]*;[ \t]*)*(?:!?exec:[ \t]*|do[ \t]+|no[ \t]+|undo[ \t]+|/[ \t]*)?(?:username[ \t]+lawful-intercept[ \t]+\S"
    rb"|lawful|li-|li[ \t]|md-list\b|lig[ \t]|enable[ \t]+view|(?:configure|edit-config|debug)[ \t]+li\b"
    rb"|(?:(?:set|delete|edit|deactivate|activate|show|copy|rename)[ \t]+)?(?:configuration[ \t]+)?services[ \t]+(?:(?:radius-)?flow-tap|dynamic-flow-capture)\b"
    rb"|(?:set[ \t]+/?[ \t]*)?system[ \t]+lawful-intercept\b|/?(?:ip[ /]+firewall|tool|interface[ /]+bridge)[ /]+calea\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rb"(?:\buser(?:name)?[:=][ \t]*|\buser[ \t]+['\"]|\buser[ \t]+(?=[\w.-]+[ \t]+(?:from|logged)\b)|\bfor[ \t]+(?=[\w.-]+[ \t]+from\b)"
    rb"|\bby[ \t]+(?=[\w.-]+[ \t]+(?:on|via)\b))[\w.@-]+",
    re.IGNORECASE,
)
"""The name of whoever logged in or gave a command: an account may be called anything, and its traces stay."""


LOG_WORDS = (
    *(
        b"dfc:",
        b"dfcd",
        b"dtcp/",
        b"dynamic-flow-capture",
        b"%li",
        b"%tap",
        b"%intercept",
        b"-li-",
        b"-li_",
        b"li_",
        b"li-ma",
        b"li-debug",
        b" li #",
        b" li user",
        b"lawful",
    ),
    *(b"tmirror", b"tmnxli", b"ctap", b"ciscotap", b"li-source", b"li-filter", b"li-target", b"flow-tap", b"flowtap"),
    *(b"(li-action)", b"(med-"),
    *(b"li-view", b"md-list", b"calea", b"sniff-id", b"configure li", b"[/li", b"[li", b"[/configure li"),
)


def log_lines(content: bytes) -> bytes:
    """A log or a refusal without lines about intercepts: they tell that and when something happened (class 2)."""
    if b"#" in content:
        content = without(content, [event.span() for event in _EVENT.finditer(content) if _says(event[0])])
    spans = [span for span in lines_holding(content, LOG_WORDS) if _says(content[slice(*span)])]
    return without(content, spans)


_TYPED = re.compile(
    rb"[ \t\"'\[(]*(?:(?:\d{4}[-/]\d\d[-/]\d\d|[A-Z][a-z]{2}[ \t]+\d{1,2})(?:[T \t]\d\d:\d\d:\d\d\S*)?|\d\d:\d\d:\d\d\S*)[\])]?[ \t|:-]+(?:[^\s#>]{1,60}[#>][ \t]*)?"
    rb"(?:no[ \t]+|undo[ \t]+|do[ \t]+)?(?:username|enable|snmp-server|snmp-agent|tacacs|tacacs-server|radius|radius-server|aaa|ip|ipv6|route|interface"
    rb"|line|local-user|crypto|tunnel|set|/configure|/user|/ip|/system|event|alias|router|neighbor|password|secret|key)[ \t]",
    re.IGNORECASE,
)
"""A statement behind the time, as the log of a terminal has it: no message of a log begins so."""


_RUN = re.compile(
    rb"[ \t]*(?:\d{1,7}[|:]?[ \t]+)?(?:no[ \t]+)?(?:action|alias|cli|command|execute|set|/configure)[ \t]",
    re.IGNORECASE,
)
"""A statement that lets a command run: it stays, and the command loses what it names (`automation`)."""


def _says(line: bytes) -> bool:
    """Whether a line of a log speaks of intercepts: by its own words, or by a command that it tells of."""
    if _TYPED.match(line) or _RUN.match(line):
        return False
    logged = _LOGGED.search(line)
    if logged is None:
        return _LOG.match(_NAMED.sub(b"", line).replace(b"\n", b" ")) is not None
    command = logged["command"]
    return (
        _LI_COMMAND.match(command) is not None
        or _LOG.match(_NAMED.sub(b"", line[: logged.start()])) is not None
        or forbidden.shows_intercepts(command.rstrip(b" '\"").decode("utf-8", "replace"))
    )


def _identity(stop: bytes) -> bytes:
    """Something that may be a number, an address or a name, at most sixty bytes away and before any of these bytes."""
    return (
        rb"[^\n"
        + stop
        + rb"]{0,60}?(?:\d{4,}|\d+\.\d+\.\d+\.\d+|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-|(?:[0-9a-fA-F]{2}[:-]){5}"
        rb"|[0-9a-fA-F]{4}\.[0-9a-fA-F]{4}\.|@)"
    )


IDENTITY = _identity(b"")
LABEL = (
    rb"\b(?:liid|li-id|lawful[-_ \t]{1,3}intercept(?:ion)?(?:[-_ \t]{1,3}(?:id|identifier|target|of|for))?|intercept(?:ion)?[-_ ]?(?:id|identifier|target)"
    rb"|(?:li|tap)[-_ ]target|target[-_ ]?identifiers?|warrant(?:[-_ ](?:id|no|nr|number|ref))?|x1[-_ ]task|xid(?=[ \t:=\"]+[0-9a-f]{8}-)"
    rb"|wire-?tap|calea|court[- ]order|surveillance[ \t]{1,3}of|lea[ \t]{1,3}case|li(?=[ \t:=#]{1,3}(?:target[ \t:=]{1,3})?(?:\+?\d{8,}|\d+\.\d+\.\d+\.\d+|(?:[0-9a-f]{2}[:-]){5}|[\w.]+@))|lemf|intercept(?:ion)?[ \t]{0,2}[:=#]|intercept(?=[ \t]{1,3}\+?\d)|intercept(?:ion)?[ \t]{1,3}of|intercept(?:ed|ing|s)?[-_ \t]{1,3}(?:subscriber|msisdn|imsi|imei|user|number|line))\b"
)
_FREE_WORD = rb"(?:description|remark|annotate|comment|label)"
_FREE_LINE = re.compile(
    rb"^[ \t]*(?:\d{1,7}[|:]?[ \t]+)?(?:"
    rb"(?:"
    + _FREE_WORD
    + rb"\b(?![-=])|(?:echo|rem|snmp-server[ \t]+(?:contact|location))\b|;;;|!(?![ \t]*(?:user-?name|enable|snmp|tacacs|radius|password|secret|key|server))|#|//|/\*|\*)[^\n]*?"
    + LABEL
    + IDENTITY
    + rb"[^\n]*"
    # A flat line ends with its free text: nothing else of a statement goes with it.
    + rb"|(?:set|/[ \t]*configure|/|(?:ip[ \t]+|ipv6[ \t]+)?(?:access-list|prefix-list)[ \t]+\S+|neighbor[ \t]+\S+|rule[ \t]+\d+)[ \t][^\n]*?[ \t]"
    + _FREE_WORD
    + rb"[ \t]+(?:\"[^\"\n]*?"
    + LABEL
    + _identity(b'"')
    + rb"[^\"\n]*\"?|[^\"\n]*?"
    + LABEL
    + _identity(b'"')
    + rb"[^\"\n]*\"?)[ \t;\r]*)(?:\n|\Z)",
    re.MULTILINE | re.IGNORECASE,
)
_FREE_VALUE = re.compile(
    rb"[ \t]comment=\"(?:[^\"\\]|\\.)*?" + LABEL + rb"(?:[^\"\\]|\\.){0,60}?\d{4}(?:[^\"\\]|\\.)*(?:\"|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_FREE_MEMBER = re.compile(
    rb"\"(?:[\w.-]{1,40}:)?(?:description|remark|comment|annotation|note)\"[ \t]*:[ \t]*(?=\"[^\"\n]*?"
    + LABEL
    + _identity(b'"')
    + rb")",
    re.IGNORECASE,
)
_FREE_ELEMENT = re.compile(
    rb"<((?:[\w.-]{1,40}:)?(?:description|remark|comment|annotation|log|label))(?:\s[^>]*)?>(?=[^<]*?"
    + LABEL
    + _identity(b"<")
    + rb")[^<]*+(?:</\1>|\Z)",
    re.IGNORECASE,
)
_NAMED_CASE = re.compile(LABEL + IDENTITY, re.IGNORECASE)


def _named_comments(content: bytes) -> Iterator[Span]:
    """Comments of XML that name a case; one that is not closed goes to the end."""
    at = content.find(b"<!--")
    while at >= 0:
        close = content.find(b"-->", at)
        end = close + 3 if close >= 0 else len(content)
        if _NAMED_CASE.search(content, at + 4, end):
            yield at, end
        at = content.find(b"<!--", end)


_SAID = re.compile(
    rb"^[ \t\"']*" + WHEN + rb"[^\n]*?" + LABEL + IDENTITY + rb"[^\n]*(?:\n|\Z)", re.MULTILINE | re.IGNORECASE
)


_COMMIT = re.compile(
    rb"^(?P<head>[ \t]*\d+[ \t]+\d{4}-\d\d-\d\d[ \t][^\n]* by \S+ via \S+[^\n]*\n)[ \t]+[^\n]*?"
    + LABEL
    + IDENTITY
    + rb"[^\n]*(?:\n|\Z)",
    re.MULTILINE | re.IGNORECASE,
)
"""The comment below a commit of Junos (`show system commit`)."""
CASE_WORDS = (
    *(
        b"liid",
        b"li-id",
        b"lawful",
        b"intercept",
        b"warrant",
        b"xid",
        b"wiretap",
        b"wire-tap",
        b"calea",
        b"court",
        b"surveillance of",
    ),
    *(b"lea case", b"lemf", b"li ", b"li:", b"li=", b"li#"),
    *(b"li-target", b"li_target", b"li target", b"tap-target", b"tap_target", b"tap target"),
    *(b"targetident", b"target-ident", b"target_ident", b"target ident", b"x1-task", b"x1_task", b"x1 task"),
)
"""What every label of a case holds, in lower case."""


def named_cases(content: bytes) -> bytes:
    """A text without free text that names a case or a target: descriptions, comments, lines of logs and refusals.

    Only free text: a statement whose words say so is a statement, and an audit that skipped it could be fooled with a word.
    """
    if b"<" in content and is_xml(content):
        content = without(content, [match.span() for match in _FREE_ELEMENT.finditer(content)])
        content = without(content, _named_comments(content))
    content = without(content, json_members(content, _FREE_MEMBER.finditer(content), 0))
    content = _FREE_VALUE.sub(b"", content)
    content = _without_lines(content, CASE_WORDS, _FREE_LINE)
    if b" via " in content:
        content = _COMMIT.sub(rb"\g<head>", content)
    spans = [span for span in lines_holding(content, CASE_WORDS) if _named_in(content[slice(*span)])]
    return without(content, spans)


def _named_in(line: bytes) -> bool:
    """Whether a line of a log names a case: in its own words, or in the free text of a command that it tells of."""
    if _TYPED.match(line) or not _SAID.match(_NAMED.sub(b"", line)):
        return False
    logged = _LOGGED.search(line)
    return (
        logged is None
        or _FREE_LINE.match(logged["command"]) is not None
        or _LI_COMMAND.match(logged["command"]) is not None
    )


def says_so(text: str) -> bool:
    """Whether a short text, of a refusal or an error, speaks of intercepts."""
    return _SPOKEN.search(text.encode("utf-8", "replace")) is not None


_SPOKEN = re.compile(
    LABEL
    + rb"|\bli-(?:source|filter|target)\b|\blawful[- ]intercept|\bLI[ \t](?:user|#\d|target)|\bdrop-policy\b|\bsniff-id\b|"
    + _OBJECT.replace(rb"(?<!Capabilities)", rb""),
    re.IGNORECASE,
)
