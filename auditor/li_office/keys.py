"""The keys of the LI office: one for the register (K), one pair for the recipient of results.

A key file holds either the secret or, with a passphrase, only what Argon2id needs to make the secret again: then
the file alone is worth nothing. Key files are closed to all but their owner.

    register key   256 bit. Tokens are HMAC-SHA-256 with it; everything else that needs a key derives one from it.
    recipient key  X25519 pair; results are sealed to its public half (libsodium sealed box).

Errors:
    Refused   a file is no key of this kind, is open to others, or the passphrase is too short
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.signing import SigningKey

from auditor.li_office import private
from auditor.li_office.refusal import Refused

KEY_SCHEMA = "auditor/li-key/1"
PUBLIC_SCHEMA = "auditor/li-public-key/1"
KEY_BYTES = 32
TOKEN_BYTES = 16
MINIMUM_PASSPHRASE = 12
FINGERPRINT_DIGITS = 16
_LIMIT = 4096

Kind = Literal["register", "recipient"]
Passphrase = Callable[[], str]
"""Asks for the passphrase; called only where the file needs one."""


class _Derivation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    salt: str
    operations: int
    memory: int
    """Bytes."""


class _KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    kind: Kind
    secret: str = ""
    argon2id: _Derivation | None = None


class _PublicFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    key: str


class RegisterKey:
    """K. Shows nothing of itself."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes) -> None:
        if len(value) != KEY_BYTES or len(set(value)) < KEY_BYTES // 4:
            raise Refused("the register key is no 256-bit random key")
        self._value = value

    def __repr__(self) -> str:
        return "RegisterKey()"

    def token(self, *parts: str) -> str:
        """The token of an authorised intercept: HMAC-SHA-256(K, "v1" and the parts), its first 128 bits in hex.

        Each part is preceded by its length (4 bytes), so that no two lists of parts give the same message.
        """
        return self._mac(b"v1", parts)[:TOKEN_BYTES].hex()

    def tag(self, purpose: str, *parts: str) -> str:
        """A keyed name for something that is no intercept (a device, a destination), 128 bits in hex."""
        return self._mac(f"auditor/li/{purpose}/1".encode(), parts)[:TOKEN_BYTES].hex()

    def derive(self, purpose: str) -> bytes:
        """A 256-bit key for one purpose."""
        return self._mac(f"auditor/li/key/{purpose}/1".encode(), ())

    @property
    def name(self) -> str:
        """Tells one key from another without saying anything about it."""
        return self.tag("key-name")

    def box(self, purpose: str) -> SecretBox:
        """Authenticated encryption with a derived key."""
        return SecretBox(self.derive(purpose))

    def signing_key(self, run: str) -> SigningKey:
        """The Ed25519 key that signs the records of one run."""
        return SigningKey(self._mac(b"auditor/li/key/run/1", (run,)))

    def mac(self, purpose: str, content: bytes) -> str:
        """HMAC-SHA-256 of content under a derived key, in hex."""
        return hmac.new(self.derive(purpose), content, hashlib.sha256).hexdigest()

    def _mac(self, label: bytes, parts: tuple[str, ...]) -> bytes:
        encoded = [part.encode() for part in parts]
        message = label + b"".join(len(part).to_bytes(4, "big") + part for part in encoded)
        return hmac.new(self._value, message, hashlib.sha256).digest()


class RecipientKey:
    """The secret half of the recipient's pair."""

    __slots__ = ("_key",)

    def __init__(self, secret: bytes) -> None:
        self._key = PrivateKey(secret)

    def __repr__(self) -> str:
        return "RecipientKey()"

    def open(self, sealed: bytes) -> bytes:
        """The content of a sealed box; nacl.exceptions.CryptoError where it was changed or is for another key."""
        return SealedBox(self._key).decrypt(sealed)

    @property
    def public(self) -> "Recipient":
        """The half that results are sealed to."""
        return Recipient(bytes(self._key.public_key))


class Recipient:
    """The public half of the recipient's pair."""

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def seal(self, content: bytes) -> bytes:
        """Encrypt to the recipient; nobody else can open it, the sender neither."""
        return SealedBox(PublicKey(self._raw)).encrypt(content)

    @property
    def fingerprint(self) -> str:
        """What two people compare by another channel."""
        return hashlib.sha256(b"auditor/li/recipient/1" + self._raw).hexdigest()[:FINGERPRINT_DIGITS]

    @property
    def raw(self) -> bytes:
        """The key as it stands in its file."""
        return self._raw


def new_register_key(path: Path, passphrase: str | None) -> RegisterKey:
    """Make K and its file; with a passphrase the file holds no secret."""
    return RegisterKey(_new(path, "register", passphrase))


def register_key(path: Path, ask: Passphrase) -> RegisterKey:
    """K from its file."""
    return RegisterKey(_load(path, "register", ask))


def new_recipient_pair(path: Path, passphrase: str | None) -> Recipient:
    """Make the recipient's pair: the secret half at `path`, the public half beside it with `.pub`."""
    public_path = path.with_name(path.name + ".pub")
    if public_path.exists():
        raise Refused(f"{public_path}: exists already")
    recipient = RecipientKey(_new(path, "recipient", passphrase)).public
    content = msgspec.json.encode(_PublicFile(PUBLIC_SCHEMA, b64encode(recipient.raw).decode()))
    private.create(public_path, content + b"\n", 0o644)
    return recipient


def recipient_key(path: Path, ask: Passphrase) -> RecipientKey:
    """The secret half of the recipient's pair."""
    return RecipientKey(_load(path, "recipient", ask))


def recipient(path: Path) -> Recipient:
    """The public half of the recipient's pair; the file may be read by everybody."""
    try:
        with path.open("rb") as file:
            content = msgspec.json.decode(file.read(_LIMIT), type=_PublicFile)
        raw = b64decode(content.key, validate=True)
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError:
        raise Refused(f"{path}: is no public key of a recipient") from None
    if content.schema != PUBLIC_SCHEMA or len(raw) != KEY_BYTES:
        raise Refused(f"{path}: is no public key of a recipient")
    return Recipient(raw)


def _new(path: Path, kind: Kind, passphrase: str | None) -> bytes:
    if passphrase is None:
        secret = secrets.token_bytes(KEY_BYTES)
        file = _KeyFile(KEY_SCHEMA, kind, secret=b64encode(secret).decode())
    else:
        if len(passphrase) < MINIMUM_PASSPHRASE:
            raise Refused(f"a passphrase needs at least {MINIMUM_PASSPHRASE} characters")
        salt = secrets.token_bytes(argon2id.SALTBYTES)
        derivation = _Derivation(b64encode(salt).decode(), argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE)
        secret = _derived(passphrase, derivation)
        file = _KeyFile(KEY_SCHEMA, kind, argon2id=derivation)
    private.create(path, msgspec.json.encode(file) + b"\n")
    return secret


def _load(path: Path, kind: Kind, ask: Passphrase) -> bytes:
    try:
        file = msgspec.json.decode(private.read(path, _LIMIT), type=_KeyFile)
        if file.schema != KEY_SCHEMA or file.kind != kind:
            raise Refused(f"{path}: is no {kind} key")
        secret = b64decode(file.secret, validate=True) if file.argon2id is None else _derived(ask(), file.argon2id)
    except ValueError:
        raise Refused(f"{path}: is no {kind} key") from None
    if len(secret) != KEY_BYTES:
        raise Refused(f"{path}: is no {kind} key of 256 bits")
    return secret


def _derived(passphrase: str, with_: _Derivation) -> bytes:
    """Never with less than libsodium's 'moderate' cost: a changed file must not make a guess cheap."""
    if with_.operations < argon2id.OPSLIMIT_MODERATE or with_.memory < argon2id.MEMLIMIT_MODERATE:
        raise ValueError("cost")
    if with_.operations > argon2id.OPSLIMIT_SENSITIVE or with_.memory > argon2id.MEMLIMIT_SENSITIVE:
        raise ValueError("cost")
    salt = b64decode(with_.salt, validate=True)
    return argon2id.kdf(KEY_BYTES, passphrase.encode(), salt, with_.operations, with_.memory)
