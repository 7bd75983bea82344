"""Objects of JSON that are records of an intercept: everything in them goes, as each member names the target.

The innermost object with a member such as `liid` is a record if that member is an identity, and most of the others are what
a register of intercepts holds: a subscriber, an address, a receiver, a time. An object of a configuration is none, whatever
somebody calls a user, an alias or a host in it: of that one the member alone goes, as everywhere.
"""

import json
import re
from collections.abc import Iterator

from auditor.platforms.redaction.spans import Span, closed_end, is_json, objects_holding, with_comma, without

SIGNS = (b"liid", b"targetident", b"xid", b"intercept-id", b"interceptid", b"intercept_id", b"li-id", b"warrant")
_NAMES = re.compile(
    rb'"(?:[\w.-]{1,40}:)?(?:liid|li[-_]?id|target[-_]?identifiers?|xid|intercept[-_]?id|warrant(?:[-_]?(?:id|no|number))?)"',
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:[\w.-]{1,40}:)?(?:(?:target|intercept(?:ed|ion)?|subscriber|user|customer|delivery|mediation|start|end|stop|begin|valid|expir\w*|lea|li|case|warrant"
    r"|x[123]|hi[123]|cc|iri|source|src|dst|dest(?:ination)?|access|network|created|updated|activation|correlation)?[-_ ]?"
    r"(?:liid|xid|id|ids|identifiers?|subscriber|msisdn|imsi|imei|sip-?uri|nai|mac|ip|ipv[46]|address(?:es)?|port|name|user|username|number|phone|line|account"
    r"|status|state|type|kind|time|date|from|to|until|start|end|device|function|agency|authority|lea|lemf|operator|handover|product|service|destination|target|source"
    r"|case|warrant|order|court|country|provider|reference|ref|description|comment|note|direction|interface|vlan|sap|circuit|mode|priority|duration)?)",
    re.IGNORECASE,
)
_LARGEST = 1500
"""Bytes of a record at most; a configuration is larger, and its parts are looked at one by one."""
_IDENTITY = re.compile(r"\d{4}|@|[0-9a-fA-F]{8}-|(?:[0-9a-fA-F]{2}:){5}")


def records(content: bytes) -> bytes:
    """A document of JSON without records of intercepts."""
    lowered = content.lower()
    if not any(sign in lowered for sign in SIGNS) or not is_json(content):
        return content
    return without(content, list(_spans(content)))


def _spans(content: bytes) -> Iterator[Span]:
    last = 0
    for start, _ in objects_holding(content, _NAMES.fullmatch):
        if start < last:
            continue
        end = closed_end(content, start, min(len(content), start + _LARGEST))
        if end and _is_record(content[start:end]):
            last = end
            yield with_comma(content, (start, end)) if content[:start].strip() else (start, end)


def _is_record(text: bytes) -> bool:
    """Whether an object is a record: its name says who, and most of the rest says what of him or by whom."""
    try:
        members = json.loads(text, strict=False)
    except ValueError:
        return False
    names = [name for name in members if _NAMES.fullmatch(json.dumps(name).encode())]
    named = any(_IDENTITY.search(json.dumps(members[name])) for name in names)
    others = [name for name in members if name not in names]
    fields = sum(bool(name) and _FIELD.fullmatch(name) is not None for name in others)
    return named and fields * 3 >= len(others) * 2
