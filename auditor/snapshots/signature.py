"""Detached signatures over the manifest of a snapshot, in the format of `ssh-keygen -Y sign` (PROTOCOL.sshsig of OpenSSH).

`ssh-keygen -Y verify -n auditor-snapshot` checks them without this program. The signature itself is by `cryptography`.

Errors:
    SnapshotError   a signature is none, or is not one of this manifest
"""

import base64
import binascii
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from auditor.snapshots.manifest import SnapshotError

NAMESPACE = b"auditor-snapshot"
_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_KIND = b"ssh-ed25519"
_HASH = b"sha512"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"


def sign(manifest: bytes, key: Ed25519PrivateKey) -> bytes:
    """The signature, as it stands in its file."""
    signature = _string(_KIND) + _string(key.sign(_message(manifest)))
    blob = _MAGIC + _VERSION + b"".join(map(_string, (_blob(key.public_key()), NAMESPACE, b"", _HASH, signature)))
    return _BEGIN + base64.encodebytes(blob) + _END


def signer(manifest: bytes, signature: bytes) -> Ed25519PublicKey:
    """The key that signed this manifest."""
    try:
        body = signature.strip().removeprefix(_BEGIN.strip()).removesuffix(_END.strip())
        blob = base64.b64decode(body.replace(b"\n", b"").replace(b"\r", b""), validate=True)
        public, namespace, reserved, hash_name, signed = _strings(blob, _MAGIC + _VERSION, 5)
        kind, raw = _strings(public, b"", 2)
        signed_kind, value = _strings(signed, b"", 2)
        if (kind, signed_kind, namespace, reserved, hash_name) != (_KIND, _KIND, NAMESPACE, b"", _HASH):
            raise ValueError
        key = Ed25519PublicKey.from_public_bytes(raw)
    except (ValueError, binascii.Error):
        raise SnapshotError("the signature is none that auditor snapshot sign makes") from None
    try:
        key.verify(value, _message(manifest))
    except InvalidSignature:
        raise SnapshotError("the signature is not one of this manifest") from None
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """A key as `ssh-keygen -l` shows it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(_blob(key)).digest()).decode().rstrip("=")


def _message(manifest: bytes) -> bytes:
    return _MAGIC + b"".join(map(_string, (NAMESPACE, b"", _HASH, hashlib.sha512(manifest).digest())))


def _blob(key: Ed25519PublicKey) -> bytes:
    return _string(_KIND) + _string(key.public_bytes(Encoding.Raw, PublicFormat.Raw))


def _string(value: bytes) -> bytes:
    """A string as RFC 4251 writes it."""
    return len(value).to_bytes(4, "big") + value


def _strings(content: bytes, head: bytes, count: int) -> list[bytes]:
    """The strings of which a content consists. ValueError where it does not."""
    if not content.startswith(head):
        raise ValueError
    found, at = [], len(head)
    for _ in range(count):
        end = at + 4 + int.from_bytes(content[at : at + 4], "big")
        found.append(content[at + 4 : end])
        at = end
    if at != len(content):
        raise ValueError
    return found
