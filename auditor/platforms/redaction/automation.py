"""Lawful intercept: a command that something runs by itself, or an alias, keeps its words and loses the name of its target.

    commands { "show services flow-tap filter F"; }          event policies of Junos
    action 1 cli command "show lawful-intercept X"           applets of IOS; kron, aliases, assistants of VRP
    action 1 cli command "md-list MD1 A"
    action bash FastCli -c "show lawful-intercept X"

That something runs, and that it looks at intercepts, stays: an intruder's policy is not hidden with such a word. So does
where it sends what it sees, behind a bar.
"""

import re

from auditor.platforms.redaction import forbidden
from auditor.platforms.redaction.li_text import lines_holding

SIGNS = (b"flow-tap", b"flow-capture", b"lawful", b"secure-policy", b"show li", b"sh li", b"display li", b"info li", b"li-source", b"li-view", b"md-list", b"drop-policy", b"intercept-id", b"li-filter",
         b"/li ", b" li ", b"calea", b"show mirror", b"qfp active", b"cef interface", b"display lig", b"display x")  # fmt: skip
_VERB = (
    rb"(?:/?show|sh|display|disp|dis|info|tools|admin|clear|request|monitor|debug|test|state|delete|no|md-list|li-view)"
)
_COMMAND = re.compile(
    rb"(?P<head>^[ \t]*|(?:\b(?:command|commands|cli|cli-command|execute|exec|action|alias|script|run|source|on-event|perform|do)\b|[ \t]-[pc])[^\n\"']{0,80})"
    rb"(?P<open>[\"'])(?P<quoted>[ \t]*" + _VERB + rb"[ \t][^\n\"']*)"
    rb"|(?P<plain>^[ \t]*(?:\d{1,7}[|:]?[ \t]+)?(?:action[ \t]+\S+[ \t]+cli(?:[ \t]+command)?|cli(?:[ \t]+command)?|alias[ \t]+(?:exec[ \t]+)?\S+|cli[ \t]+alias[ \t]+name[ \t]+\S+"
    rb"|execute[ \t]+\d+(?:[ \t]+command)?|command(?:[ \t]+\d+)?|execute)[ \t]+)(?P<bare>" + _VERB + rb"[ \t][^\n\"]*)",
    re.MULTILINE | re.IGNORECASE,
)
_WORD = re.compile(rb"[^\s/>]+")
_LAWFUL = re.compile(rb"^[^|]*?\blawful[-_]?intercept\b", re.IGNORECASE)
_SET = re.compile(rb"[ \t]*(?:no[ \t]+)?(?:md-list|li-view)\b", re.IGNORECASE)
_SEGMENT = re.compile(rb"[|;][^|;]*")
_FILTER = re.compile(
    rb"([|;][ \t]*(?:match|include|inc|section|begin|exclude|except|find|grep|egrep|count|i|b|e|s))\b[^|;]*",
    re.IGNORECASE,
)
_MOST = 12
"""Words of a command that are looked at."""


def targets(content: bytes) -> bytes:
    """A configuration whose automatic commands name no target."""
    kept, at = [], 0
    for start, end in lines_holding(content, SIGNS):
        kept += [content[at:start], _COMMAND.sub(_trimmed, content[start:end])]
        at = end
    return b"".join(kept) + content[at:] if at else content


def _trimmed(found: re.Match[bytes]) -> bytes:
    text = found["quoted"] or found["bare"]
    end = _protected(text)
    if not end:
        return found[0]
    left = text[:end] + _tail(text, end)
    return (found["head"] + found["open"] + left) if found["quoted"] else (found["plain"] + left)


def _protected(text: bytes) -> int:
    """Where the words end that make a command one that shows intercepts; 0 where it shows none."""
    lawful = _SET.match(text) or _LAWFUL.search(text)
    if lawful is not None:
        return lawful.end()
    for word in list(_WORD.finditer(text))[1:_MOST]:
        said = text[: word.end()].decode("utf-8", "replace")
        verb, _, rest = said.strip().partition(" ")
        if forbidden.shows_intercepts(said) or forbidden.shows_intercepts(f"show {rest}" if verb else said):
            return word.end()
    return 0


def _tail(text: bytes, end: int) -> bytes:
    """What stands behind a bar: where the output goes stays, what it is searched for does not."""
    kept = b""
    for part in _SEGMENT.finditer(text, end):
        named = _FILTER.fullmatch(part[0])
        kept += b" " + (named[1] if named else part[0].rstrip())
    trailing = text[len(text.rstrip()) :]
    return kept + trailing
