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
from auditor.platforms.common.residue import digest
from auditor.platforms.common.withheld import place, secret_in
from auditor.platforms.nokia_sros.secrets import RULES

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
_XML_USER = re.compile(rb"<user>.*?</user>", re.DOTALL)
_XML_NAME = re.compile(rb"<user-name>([^<]*)<")
_RIGHT = re.compile(
    rb"\baccess[ \t{](?:[^\n}]*[ \t])?li(?:[ \t\r]|$)(?![ \t]*false)|^[ \t]*li[ \t]+true\b|<(?:[\w.-]+:)?li>\s*true",
    re.MULTILINE,
)
_FULL = re.compile(rb"\bmember\b[^\n]*\badministrative\b|<member>\s*\"?administrative")
_KEYED = re.compile(rb"\bpublic-keys?\b")
_FTP = re.compile(rb"\baccess[ \t][^\n]*\bftp\b|^[ \t]*ftp[ \t]+true\b|<ftp>\s*true", re.MULTILINE)
Path = tuple[bytes, ...]


def seen(content: bytes, drop: Callable[[bytes], bytes]) -> LiResidue:
    """The guards that the region of this document names, and the users with the right."""
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
    for head in _HEAD.finditer(content):
        yield from _block(content, head)
    for flat in _FLAT.finditer(content):
        words = _words(flat["rest"])
        if words and words[0] in _ALLOWED:
            yield _shown(words), flat.start()
    for begin in _XML.finditer(content):
        yield from _elements(content, begin.start())


def _block(content: bytes, head: re.Match[bytes]) -> Iterator[tuple[Path, int]]:
    """Lines that are deeper than the head; one that is not allowed takes along what is below it."""
    base = len(head["indent"].expandtabs())
    stack: list[tuple[int, Path]] = []
    passed: int | None = None
    at = head.end() + 1
    while at < len(content):
        end = content.find(b"\n", at)
        line = content[at : end if end >= 0 else len(content)]
        at = (end if end >= 0 else len(content)) + 1
        text = line.strip()
        if not text or text in (b"}", b"exit", b"]"):
            continue
        indent = len(line.expandtabs()) - len(line.expandtabs().lstrip())
        if indent <= base:
            return
        if passed is not None and indent > passed:
            continue
        passed = None
        while stack and stack[-1][0] >= indent:
            stack.pop()
        before = stack[-1][1] if stack else ()
        words = _words(text)
        if not words:
            continue
        if not before and words[0] not in _ALLOWED:
            passed = indent
            continue
        if before == (b"li-filter",) and words[0] != b"lock-filter":
            passed = indent
            continue
        path = (*before, *words)
        stack.append((indent, path))
        yield _shown(path), head.start()


def _elements(content: bytes, begin: int) -> Iterator[tuple[Path, int]]:
    stack: list[bytes] = []
    for token in _XML_TOKEN.finditer(content, begin):
        if token["text"]:
            path = tuple(stack[1:])
            if path and path[0] in _ALLOWED:
                yield _shown((*path, token["text"].strip())), begin
        elif token["close"]:
            if stack:
                stack.pop()
            if not stack:
                return
        elif token["empty"]:
            path = (*stack[1:], token["name"])
            if path[0] in _ALLOWED:
                yield _shown(path), begin
        else:
            stack.append(token["name"])
            path = tuple(stack[1:])
            if path and path[0] in _ALLOWED:
                yield _shown(path), begin


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
            )
        )
    return tuple(found)


def _users(content: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    for match in _USER.finditer(content):
        yield match["name"].strip(b'"'), match.start(), _deeper(content, match)
    for match in _FLAT_USER.finditer(content):
        yield match["name"].strip(b'"'), match.start(), match[0]
    for match in _XML_USER.finditer(content):
        name = _XML_NAME.search(match[0])
        if name:
            yield name[1].strip(), match.start(), match[0]


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
