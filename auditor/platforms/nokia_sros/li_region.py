"""What may be known of the region `li` of SR OS, and of the users with the right `li` (lawful-intercept reference, 2.5).

The region and those users are dropped from the bytes before anything is read. This looks at the bytes before that, for a
short list of statements that say how access is guarded and say nothing of any intercept (class 3); blocks of every
other word are passed over without being taken apart. Users have no name here. Words: nokia-li-conf.yang.

    li-filter { lock-filter lock|unlock }, classic li-filter-lock-state locked|unlocked-for-li-users|unlocked-for-all-users
    log log-id N { destination { memory|snmp|netconf } }, classic log-id N / to memory|snmp
    management tech-support-li-info include|exclude
    radius mirror-dest-template T
    x-interfaces { admin-state enable; lic L { ipv4 { ip-address A } } }
"""

import re
from collections.abc import Callable, Iterator

from auditor.model.areas import LiAccount, LiReceiver, LiResidue
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.nokia_sros.redaction import unfolded
from auditor.platforms.nokia_sros.secrets import RULES
from auditor.platforms.redaction.guard import digest
from auditor.platforms.redaction.withheld import place, secret_in

_HEAD = re.compile(rb"^(?P<indent>[ \t]*)(?:/[ \t]*)?(?:configure[ \t]+)?li[ \t]*(?:\{[ \t]*)?\r?$", re.MULTILINE)
_FLAT = re.compile(rb"^[ \t]*/[ \t]*(?:configure[ \t]+)?li[ \t]+(?P<rest>\S[^\n]*)", re.MULTILINE)
_XML = re.compile(rb"<(?:[\w.-]{1,40}:)?li(?:[ \t][^<>]*)?>\s*<(?!/)")
_XML_TOKEN = re.compile(
    rb"<(?P<close>/)?(?:[\w.-]{1,40}:)?(?P<name>[\w-]+)[^<>]*?(?P<empty>/)?>|(?P<text>[^<>\s][^<>]*)"
)
_ALLOWED = frozenset(
    (b"log", b"management", b"radius", b"x-interfaces", b"li-filter-lock-state", b"li-filter", b"lock-filter")
)
_SECRET = frozenset((b"password", b"private-ki", b"authentication"))
_ADDRESS = re.compile(rb"[0-9A-Fa-f:.]{2,45}")

_USER = re.compile(rb"^(?P<indent>[ \t]*)user[ \t]+(?P<name>\"[^\"\r\n]*\"|[^\s{]+)[ \t]*\{?[ \t]*\r?$", re.MULTILINE)
_FLAT_USER = re.compile(
    rb"^[ \t]*/[ \t]*configure[ \t][^\n]*[ \t]user[ \t]+(?P<name>\"[^\"\r\n]*\"|\S+)[ \t][^\n]*", re.MULTILINE
)
_XML_NAME = re.compile(rb"<user-name>([^<]*)<")
_RIGHT = re.compile(
    rb"\baccess[ \t{](?:[^\n}]*[ \t])?li(?:[ \t\r]|$)(?![ \t]*false)|^[ \t]*li[ \t]+true\b|<(?:[\w.-]+:)?li>\s*true",
    re.MULTILINE,
)
_FULL = re.compile(rb"\bmember\b[^\n]*\badministrative\b|<member>\s*\"?administrative")
_KEYED = re.compile(rb"\bpublic-keys?\b")
_FTP = re.compile(rb"\baccess[ \t][^\n]*\bftp\b|^[ \t]*ftp[ \t]+true\b|<ftp>\s*true", re.MULTILINE)
_ALGORITHMS = (
    ("md5", re.compile(rb"\bauthentication[ \t]+(?:hash\d?[ \t]+)?md5\b|\bauthentication-protocol[ \t>]+\"?hmac-md5")),
    ("des", re.compile(rb"\bprivacy[ \t]+des-key\b|\bprivacy-protocol[ \t>]+\"?cbc-des\b")),
)
"""Of a user of SNMPv3, in the classic form and by nokia-conf-system-security-user (`hmac-md5-96`, `cbc-des`)."""
Path = tuple[bytes, ...]
_DEEPEST = 64
"""Levels that are looked at; the region has fewer than ten."""


def seen(content: bytes, drop: Callable[[bytes], bytes]) -> LiResidue:
    """The guards that the region of this document names, and the users with the right."""
    if b"{" in content:
        content = b"\n".join(map(unfolded, content.split(b"\n")))
    paths = [(path, start) for path, start in _paths(content) if path[:1] != (b"li-filter",) or b"lock-filter" in path]
    at: dict[int, Source] = {}

    def where(start: int) -> Source:
        return at.setdefault(start, place(content, start, drop))

    lock = support = log = None
    radius = interfaces = None
    ids: list[str] = []
    receivers = []
    for path, start in paths:
        last = path[-1]
        match path:
            case (*_, b"lock-filter" | b"li-filter-lock-state", state):
                lock = Known(_lock(state), (where(start),))
            case (b"management", *_, b"include" | b"exclude"):
                support = Known(last == b"include", (where(start),))
            case (b"radius", b"mirror-dest-template", *_):
                radius = where(start)
            case (b"log", b"log-id", *_):
                leaves = b"snmp" in path[3:] or b"netconf" in path[3:]
                if b"snmp" in path[3:]:
                    ids.append(path[2].decode("ascii", "replace"))
                log = Known(leaves or (log is not None and log.value), (where(start),))
            case (b"x-interfaces", b"admin-state", b"enable"):
                interfaces = where(start)
            case (b"x-interfaces", b"lic", *_, b"ip-address", address) if _ADDRESS.fullmatch(address):
                receivers.append(LiReceiver("control", address.decode("ascii"), where(start)))
            case _:
                pass
    return LiResidue(
        accounts=_operators(content, drop),
        lock=lock,
        support=support,
        log=log,
        log_ids=tuple(dict.fromkeys(ids)),
        radius=radius,
        x_interfaces=interfaces,
        receivers=tuple(receivers),
    )


def _lock(state: bytes) -> str:
    if state in (b"lock", b"locked"):
        return "locked"
    return "li-users" if b"li-users" in state else "all"


def _paths(content: bytes) -> Iterator[tuple[Path, int]]:
    """The words of every allowed statement below `li`, and where the region begins."""
    # A region inside a region is part of it: looked at again and again, a hostile text would cost the square of its size.
    begin = 0
    while (head := _HEAD.search(content, begin)) is not None:
        found, begin = _block(content, head)
        yield from found
    for flat in _FLAT.finditer(content):
        words = _words(flat["rest"])
        if words and words[0] in _ALLOWED:
            yield _shown(words), flat.start()
    begin = 0
    while (opening := _XML.search(content, begin)) is not None:
        found, begin = _elements(content, opening.start())
        yield from found


Found = list[tuple[Path, int]]


def _block(content: bytes, head: re.Match[bytes]) -> tuple[Found, int]:
    """Lines that are deeper than the head, and where they end; one that is not allowed takes along what is below it."""
    base = len(head["indent"].expandtabs())
    found: Found = []
    stack: list[tuple[int, Path]] = []
    passed: int | None = None
    at = head.end() + 1
    while at < len(content):
        begin = at
        end = content.find(b"\n", at)
        line = content[at : end if end >= 0 else len(content)]
        at = (end if end >= 0 else len(content)) + 1
        text = line.strip()
        if not text or text in (b"}", b"exit", b"]"):
            continue
        indent = len(line.expandtabs()) - len(line.expandtabs().lstrip())
        if indent <= base:
            return found, begin
        if passed is not None and indent > passed:
            continue
        passed = None
        while stack and stack[-1][0] >= indent:
            stack.pop()
        before = stack[-1][1] if stack else ()
        words = _words(text)
        if not words or len(stack) > _DEEPEST:
            continue
        if not before and words[0] not in _ALLOWED:
            passed = indent
            continue
        if before == (b"li-filter",) and words[0] != b"lock-filter":
            passed = indent
            continue
        path = (*before, *words)
        stack.append((indent, path))
        found.append((_shown(path), head.start()))
    return found, len(content)


def _elements(content: bytes, begin: int) -> tuple[Found, int]:
    """What an element holds, and where it ends."""
    found: Found = []
    stack: list[bytes] = []
    for token in _XML_TOKEN.finditer(content, begin):
        if token["close"]:
            if stack:
                stack.pop()
            if not stack:
                return found, token.end()
            continue
        if not token["text"] and not token["empty"]:
            stack.append(token["name"])
        inner = token["text"].strip() if token["text"] else token["name"] if token["empty"] else None
        first = stack[1] if len(stack) > 1 else inner
        if first in _ALLOWED and len(stack) <= _DEEPEST and not (token["text"] and len(stack) < 2):
            path = tuple(stack[1:])
            found.append((_shown(path if inner is None else (*path, inner)), begin))
    return found, len(content)


def _words(text: bytes) -> Path:
    return tuple(word.strip(b'"') for word in text.replace(b"{", b" ").replace(b"}", b" ").split() if word.strip(b'"'))


def _shown(words: Path) -> Path:
    """The words up to a secret."""
    for index, word in enumerate(words):
        if word in _SECRET:
            return words[: index + 1]
    return words


def _operators(content: bytes, drop: Callable[[bytes], bytes]) -> tuple[LiAccount, ...]:
    """The local users with the right `li`, each without its name."""
    if b"li" not in content:
        return ()
    texts: dict[bytes, list[bytes]] = {}
    starts: dict[bytes, int] = {}
    for name, start, text in _users(content):
        texts.setdefault(name, []).append(text)
        starts.setdefault(name, start)
    found = []
    for name, parts in texts.items():
        text = b"\n".join(parts)
        if not _RIGHT.search(text):
            continue
        where = place(content, starts[name], drop)
        full: Setting[bool] = Known(_FULL.search(text) is not None, (where,))
        lines = [line for line in text.decode("utf-8", "replace").split("\n") if "password" in line]
        found.append(
            LiAccount(
                fingerprint=digest(name.decode("utf-8", "replace")),
                source=where,
                general=full,
                secret=secret_in(lines, RULES),
                keyed=_KEYED.search(text) is not None,
                file_transfer=_FTP.search(text) is not None,
                weak_algorithms=tuple(name for name, pattern in _ALGORITHMS if pattern.search(text)),
            )
        )
    return tuple(found)


def _users(content: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    for match in _USER.finditer(content):
        yield match["name"].strip(b'"'), match.start(), _deeper(content, match)
    for match in _FLAT_USER.finditer(content):
        yield match["name"].strip(b'"'), match.start(), match[0]
    begin = content.find(b"<user>")
    while begin >= 0:
        end = content.find(b"</user>", begin)
        if end < 0:
            return
        name = _XML_NAME.search(content, begin, end)
        if name:
            yield name[1].strip(), begin, content[begin:end]
        begin = content.find(b"<user>", end)


def _deeper(content: bytes, head: re.Match[bytes]) -> bytes:
    base = len(head["indent"].expandtabs())
    kept = []
    at = head.end() + 1
    while at < len(content):
        end = content.find(b"\n", at)
        line = content[at : end if end >= 0 else len(content)]
        at = (end if end >= 0 else len(content)) + 1
        wide = line.expandtabs()
        if line.strip() and len(wide) - len(wide.lstrip()) <= base:
            break
        kept.append(line)
    return b"\n".join(kept)
