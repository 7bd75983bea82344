"""Key files as `ssh-keygen -t ed25519` and OpenSSL write them: for signing snapshots and opening encrypted ones.

Errors:
    SnapshotError   a file is missing, open to others, or holds no such key; the text never quotes its content
"""

import os
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    load_pem_public_key,
    load_ssh_private_key,
    load_ssh_public_key,
)
from cryptography.hazmat.primitives.serialization.ssh import SSHPrivateKeyTypes

from auditor.collect.credentials import CredentialError, Resolver
from auditor.snapshots.manifest import SnapshotError

_LIMIT = 65536
OPENSSH = b"-----BEGIN OPENSSH PRIVATE KEY-----"


def secret(path: Path) -> bytes:
    """The content of a key file that nobody but its owner may read."""
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if stat.S_ISREG(state.st_mode) and state.st_mode & 0o077:
                raise SnapshotError(f"{path}: others may read it; chmod 600")
            return file.read(_LIMIT)
    except OSError as error:
        raise SnapshotError(f"{path}: cannot be read: {error.strerror}") from None


def private(path: Path, content: bytes) -> PrivateKeyTypes | SSHPrivateKeyTypes:
    """A key of OpenSSH or in PEM; its passphrase is asked for at the terminal."""
    load = load_ssh_private_key if content.startswith(OPENSSH) else load_pem_private_key
    try:
        try:
            return load(content, None)
        except TypeError:  # it has a passphrase
            return load(content, _passphrase(path))
    except (ValueError, UnsupportedAlgorithm):
        raise SnapshotError(f"{path}: is no private key, or the passphrase is not its own") from None


def signing(path: Path) -> Ed25519PrivateKey:
    """The private key to sign with."""
    key = private(path, secret(path))
    if not isinstance(key, Ed25519PrivateKey):
        raise SnapshotError(f"{path}: is no Ed25519 key; make one with ssh-keygen -t ed25519")
    return key


def trusted(path: Path) -> Ed25519PublicKey:
    """The public key that a signature is compared with."""
    try:
        with path.open("rb") as file:
            content = file.read(_LIMIT)
        key = load_pem_public_key(content) if content.startswith(b"-----BEGIN") else load_ssh_public_key(content)
    except OSError as error:
        raise SnapshotError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, UnsupportedAlgorithm):
        raise SnapshotError(f"{path}: is no public key") from None
    if not isinstance(key, Ed25519PublicKey):
        raise SnapshotError(f"{path}: is no Ed25519 key")
    return key


def _passphrase(path: Path) -> bytes:
    try:
        return Resolver().resolve(f"prompt:Passphrase of {path}").reveal().encode()
    except CredentialError as error:
        raise SnapshotError(f"{path}: {error}") from None
