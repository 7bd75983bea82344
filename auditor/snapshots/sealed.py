"""Encrypted snapshots: an archive, encrypted with age to one or more recipients (pyrage), and the work folder of such a run.

What lies on the disk while the run goes on is encrypted with a key of this run (Fernet), and that key to the recipients: so
the process can read again what it wrote, and nobody else without the identity.

Errors:
    SnapshotError   a key is none, or does not open what it is to open
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from auditor.snapshots.disk import replace
from auditor.snapshots.keys import OPENSSH, private, secret
from auditor.snapshots.manifest import SnapshotError

RUN_KEY = "key.age"


def recipients(given: Sequence[str]) -> list[Any]:
    """Recipients by their public keys (`age1...`, `ssh-ed25519 ...`), or by files that hold them, one a line."""
    found: list[Any] = []
    for one in given:
        public = one.startswith(("age1", "ssh-"))
        try:
            lines = [one] if public else Path(one).read_text("utf-8").splitlines()
        except (OSError, ValueError):
            raise SnapshotError(
                f"--recipient: {one}: is no public key (age1..., ssh-ed25519 ...) and no file of such"
            ) from None
        found += [_recipient(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    return found


def seal(content: bytes, to: Sequence[Any]) -> bytes:
    """Encrypt to recipients."""
    sealed: bytes = _age().encrypt(content, to)
    return sealed


def unsealed(file: IO[bytes], path: Path, identity: Path | None) -> IO[bytes]:
    """The content of an encrypted file, in memory."""
    if identity is None:
        raise SnapshotError(f"{path}: is encrypted: name the file of the key with --identity")
    age = _age()
    content = io.BytesIO()
    try:
        age.decrypt_io(file, content, _identities(identity))
    except (age.DecryptError, OSError):
        raise SnapshotError(f"{path}: is not encrypted to {identity}, or was changed") from None
    content.seek(0)
    return content


class RunKey:
    """The key of a work folder; a `Cipher`."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def encrypt(self, content: bytes) -> bytes:
        """In letters of base 64."""
        return self._fernet.encrypt(content)

    def decrypt(self, written: bytes) -> bytes:
        """As it was."""
        try:
            return self._fernet.decrypt(written)
        except InvalidToken:
            raise SnapshotError("a file of the work folder was changed") from None


def run_key(folder: Path, to: Sequence[Any], identity: Path | None) -> RunKey:
    """The key of a work folder: a new one, or that of a run which is resumed."""
    path = folder / RUN_KEY
    if path.exists():
        with path.open("rb") as file:
            return RunKey(unsealed(file, path, identity).read())
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    key = Fernet.generate_key()
    replace(path, seal(key, to))
    return RunKey(key)


def _identities(path: Path) -> list[Any]:
    age = _age()
    content = secret(path)
    try:
        if content.startswith(OPENSSH):
            plain = private(path, content).private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
            return [age.ssh.Identity.from_buffer(plain)]
        lines = (line.strip() for line in content.decode("ascii").splitlines())
        found = [age.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (age.IdentityError, ValueError):
        found = []
    if not found:
        raise SnapshotError(f"{path}: is no identity of age and no private key of OpenSSH")
    return found


def _recipient(text: str) -> Any:  # noqa: ANN401
    age = _age()
    kind = age.ssh if text.startswith("ssh-") else age.x25519
    try:
        return kind.Recipient.from_str(text)
    except age.RecipientError:
        raise SnapshotError(f"--recipient: {text[:80]}: is no public key (age1..., ssh-ed25519 ...)") from None


def _age() -> Any:  # noqa: ANN401  it has no types
    try:
        import pyrage  # noqa: PLC0415
    except ImportError:
        raise SnapshotError(
            "encrypted snapshots need the extra 'age' (pip install telecom-exposure-auditor[age])"
        ) from None
    return pyrage
