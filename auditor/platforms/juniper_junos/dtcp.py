"""Lawful intercept: the tapping protocol of Junos (DTCP) and what shows its state are dropped from any text.

    ADD DTCP/0.7                             a request, typed, sent by a client or told by a log
    Csource-ID: USER
    X-JTap-Cdest-Dest-Address: A

    DTCP/0.7 200 OK                          its answer, and the list of triggers below
    CRITERIA-ID: 2

Sources: juniper.net, "ADD DTCP", "LIST DTCP", "DELETE DTCP" (Junos 13.1 and 13.2); the headers X-UserName, X-IP-Addr,
X-Act-Sess-Id, X-JTap-Input-Interface and their like from the vendor's own test clients (reference S21); "Capture group:" and
"Control source:" from juniper.net, "show services dynamic-flow-capture control-source"; JUNIPER-DFC-MIB.
"""

import re

from auditor.platforms.redaction.li_text import OWN_LINE
from auditor.platforms.redaction.signs import held

_AT = OWN_LINE + rb"(?:(?:[\w.@-]{0,40}dtcp[\w.@-]{0,20}[>#$%:]|[<>]{1,3}|-->|<--|[<>]=)[ \t]*)?"
"""Before a line: the prompt of a client, or an arrow that says who sent it."""
_HEADER = (
    rb"(?i:criteria-(?:id|num|count)|c(?:source|dest)-(?:id|addr(?:ess)?|port)|x-jtap-[\w-]+|x-md-intercept-id|x-drop-policy"
    rb"|dtcp-(?:trigger|attribute)|x-interface-id|x-username|x-act-sess-id|x-ip-addr|x-nas-port-id|x-rm-circuit-id|x-call-sta-id)"
)
_WORDS = (b"dtcp", b"criteria-", b"csource-", b"cdest-", b"x-")
_METHOD = (
    rb"(?:(?i:add|delete|list|enable|disable|refresh|no-?op|notify|notification|restart|rollover|timeout|congestion|congestion[ -]delete"
    rb"|dups[ -]dropped|response)[ \t]+)?DTCP/\d"
)
_BLOCK = re.compile(
    rb"(?:" + _AT + _METHOD + rb"[^\n]*(?:\n|\Z)"
    rb"(?:(?:[ \t\r]*\n){0,3}" + _AT + rb"[A-Z][\w-]{1,40}:[^\n]*(?:\n|\Z))*)+"
    rb"|" + _AT + _HEADER + rb"[ \t]*[:=][^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
_PROMPT = re.compile(rb"^[^\S\n]*(?:[\w.@-]+[>#$%][ \t]*)?dtcp(?:>[ \t\r]*|[ \t\r]*)(?:\n|\Z)", re.MULTILINE)
"""A prompt at which nothing was typed, and the command that led to it."""
_SHOWN = re.compile(
    rb"^[ \t]*Capture group:[ \t][^\n]*(?:Control source|Content destination)[^\n]*(?:\n|\Z)"
    rb"(?:(?:[ \t\r]*\n){0,2}[ \t]*[A-Z][\w ,()-]{1,60}:[ \t][^\n]*(?:\n|\Z))*",
    re.MULTILINE,
)
_COUNTED = re.compile(
    OWN_LINE + rb"(?:(?:JUNIPER-DFC-MIB::)?jnxDfc[A-Z]\w*\.|[\w.:-]{0,60}\b2636\.3\.33\.\d)[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
"""Rows of the MIB of dynamic flow capture: names of control sources and of content destinations (jnxMibs 33)."""


def requests(content: bytes) -> bytes:
    """A text without requests, answers and loose headers of DTCP, and without the state of dynamic flow capture."""
    words = held(content)
    if any(map(words.holds, _WORDS)):
        shorter = _BLOCK.sub(b"", content)
        content = _PROMPT.sub(b"", shorter) if shorter != content and words.holds(b"dtcp") else shorter
    if b"Capture group:" in content:
        content = _SHOWN.sub(b"", content)
    return _COUNTED.sub(b"", content) if b"jnxDfc" in content or b"2636.3.33." in content else content
