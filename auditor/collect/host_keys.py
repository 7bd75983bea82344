"""Stored host keys: under which name, and how a key is shown."""

import base64
import hashlib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from auditor.model.device import Device

if TYPE_CHECKING:
    import paramiko

_LOADING = Lock()
"""The sessions of a run begin at once, and each would read the whole file for itself."""


def host_name(device: Device) -> str:
    """The name under which a device's key is stored."""
    return device.address if device.port == 22 else f"[{device.address}]:{device.port}"


def fingerprint(key: "paramiko.PKey") -> str:
    """SHA-256 fingerprint as OpenSSH prints it."""
    digest = hashlib.sha256(key.asbytes()).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


class KnownHosts:
    """The trusted keys of a file, found by name at once: a file may hold those of ten thousand devices.

    `@revoked` keys are never trusted, nor is what they signed; keys of `@cert-authority` lines sign certificates of hosts.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._plain: dict[str, dict[str, paramiko.PKey]] = {}
        self._odd: list[tuple[list[str], paramiko.PKey]] = []
        """Hashed names and patterns, which have to be tried one by one."""
        self._revoked: set[bytes] = set()
        self._authorities: list[tuple[list[str], paramiko.PKey]] = []
        for line in lines:
            self._add(line.strip())

    def lookup(self, name: str) -> "dict[str, paramiko.PKey]":
        """The keys of a host by their kind; none where the host is not known."""
        found = dict(self._plain.get(name, {}))
        for names, key in self._odd:
            if _matches(names, name):
                found.setdefault(key.get_name(), key)
        return {kind: key for kind, key in found.items() if key.asbytes() not in self._revoked}

    def authorities(self, name: str) -> set[bytes]:
        """The keys that may sign the certificate of a host."""
        found = {key.asbytes() for names, key in self._authorities if _matches(names, name)}
        return found - self._revoked

    def revoked(self, key: bytes) -> bool:
        """Whether a key is marked as never to be trusted."""
        return key in self._revoked

    def _add(self, line: str) -> None:
        import paramiko  # noqa: PLC0415

        marker, _, rest = line.partition(" ") if line.startswith("@") else ("", "", line)
        if not rest or rest.startswith("#") or marker not in ("", "@revoked", "@cert-authority"):
            return
        try:
            entry = paramiko.hostkeys.HostKeyEntry.from_line(rest)
        except Exception:  # noqa: BLE001  a line that is no key makes nobody trusted, and the library has many errors
            return
        if entry is None or entry.key is None or entry.hostnames is None:
            return
        if marker == "@cert-authority":
            self._authorities.append((entry.hostnames, entry.key))
        elif marker:
            self._revoked.add(entry.key.asbytes())
        elif any(set(name) & set("*?!|") for name in entry.hostnames):
            self._odd.append((entry.hostnames, entry.key))
        else:
            for name in entry.hostnames:
                self._plain.setdefault(name, {}).setdefault(entry.key.get_name(), entry.key)


def _matches(names: list[str], wanted: str) -> bool:
    import paramiko  # noqa: PLC0415

    if any(name.startswith("!") and fnmatchcase(wanted, name[1:]) for name in names):
        return False
    return any(
        paramiko.HostKeys.hash_host(wanted, name) == name if name.startswith("|1|") else fnmatchcase(wanted, name)
        for name in names
    )


def stored(path: Path) -> KnownHosts:
    """The trusted keys; none where the file does not exist."""
    try:
        state = path.stat()
        changed, size = state.st_mtime_ns, state.st_size
    except OSError:
        changed, size = 0, 0
    with _LOADING:
        return _loaded(path, changed, size)


@lru_cache(maxsize=4)
def _loaded(path: Path, _changed: int, _size: int) -> KnownHosts:
    return KnownHosts(path.read_text("utf-8", "replace").splitlines() if path.is_file() else ())
