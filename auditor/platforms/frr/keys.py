"""Public keys that let people in: authorized_keys of sshd(8)."""

import base64
import binascii
import hashlib
import re

from auditor.model.areas import AuthorizedKey, LoginHook
from auditor.platforms.common.reader import Reader

_PLACE = re.compile(
    r"(?:/home/|/var/lib/)?(?P<user>[^/]+)/\.ssh/authorized_keys2?$|/etc/ssh/(?:keys|authorized_keys)/(?P<name>[^/]+)$"
)
_KINDS = re.compile(r"(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-\S+@openssh\.com)$")


def user_of(document: str) -> str:
    """Whose keys a document holds, by its name; empty where it is no file of keys."""
    match = _PLACE.search(document)
    return (match["user"] or match["name"]) if match else ""


def keys(reader: Reader) -> tuple[list[AuthorizedKey], list[LoginHook]]:
    """`[OPTIONS] KIND BASE64 [COMMENT]`; `command="..."` among the options runs at login."""
    user = user_of(reader.document)
    found: list[AuthorizedKey] = []
    hooks: list[LoginHook] = []
    for node in reader.root.children:
        words = node.words
        at = next((index for index, word in enumerate(words) if _KINDS.match(word)), None)
        if at is None or at + 1 >= len(words):
            continue
        reader.use(node)
        source = reader.source(node)
        options = " ".join(words[:at])
        command = re.search(r'command="((?:[^"\\]|\\.)*)"', options)
        if command:
            hooks.append(LoginHook("command of a key", command[1], source, user))
        found.append(
            AuthorizedKey(user, words[at], _fingerprint(words[at + 1]), source, comment=" ".join(words[at + 2 :]))
        )
    return found, hooks


def _fingerprint(blob: str) -> str:
    try:
        content = base64.b64decode(blob + "=" * (-len(blob) % 4), validate=True)
    except (ValueError, binascii.Error):
        return ""
    return "SHA256:" + base64.b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
