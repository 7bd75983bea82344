"""Intercepts are dropped from the bytes before anything is decoded (lawful-intercept reference, 2.8 and 5.4).

Entries of the calea menus and rules with `action=sniff-pc` (PacketCable) hold case numbers and intercepted addresses; so
does one with `action=sniff`, which no other menu takes, where the line of its menu was lost.
What is dropped leaves nothing behind, and evidence lines count the kept text.
"""

import re

_MENU = re.compile(rb"[\s\d|:]*/\s*(?:ip[ /]+firewall|interface[ /]+bridge|tool)[ /]+calea\b")
_ANY_MENU = re.compile(rb"[\s\d|:]*/\s*[a-z]")
_SAYS = re.compile(rb"calea|sniff|\\")
"""Without any of these a line that begins no wrapped command says nothing of intercepts."""
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_RULE = re.compile(rb"action=\"?sniff(?:-pc)?\"?(?![\w-])|\bsniff-id=")


def redact(content: bytes) -> bytes:
    """An export without intercepts; a line that says that a menu could not be exported stays."""
    if not any(sign in content for sign in (b"calea", b"sniff-", b"=sniff", b'="sniff')):
        return content
    kept: list[bytes] = []
    dropping = False
    command: list[bytes] = []
    for line in content.splitlines(keepends=True):
        if not (dropping or command or _SAYS.search(line)):
            kept.append(line)
            continue
        command.append(line)
        if line.rstrip(b"\r\n\0").endswith(b"\\") and not line.lstrip().startswith(b"#"):
            continue
        dropping = _keep(command, kept, dropping=dropping)
        command = []
    _keep(command, kept, dropping=dropping)
    return b"".join(kept)


def _keep(command: list[bytes], kept: list[bytes], *, dropping: bool) -> bool:
    """Keep a whole command or not; whether the next one stands in a menu that is dropped."""
    if not command:
        return dropping
    head = command[0]
    if head.startswith(b"#error"):
        kept += command
        return dropping
    if _ANY_MENU.match(head):
        dropping = _MENU.match(head) is not None
    text = b"".join(command) if len(command) > 1 else head
    if not dropping and not _RULE.search(_TEXT.sub(_said, _joined(text))):
        kept += command
    return dropping


def _said(text: re.Match[bytes]) -> bytes:
    """Nothing of a value of several words: what stands in it is said, and is no rule."""
    return b'""' if b" " in text[0] or b"=" in text[0] else text[0]


def _joined(text: bytes) -> bytes:
    """The command without its wraps, so that a word that is torn apart is found."""
    return re.sub(rb"\\\r?\n[ \t]*", b"", text) if b"\\" in text else text
