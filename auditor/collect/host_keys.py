"""Stored host keys: under which name, and how a key is shown."""

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model.device import Device

if TYPE_CHECKING:
    import paramiko


def host_name(device: Device) -> str:
    """The name under which a device's key is stored."""
    return device.address if device.port == 22 else f"[{device.address}]:{device.port}"


def fingerprint(key: "paramiko.PKey") -> str:
    """SHA-256 fingerprint as OpenSSH prints it."""
    digest = hashlib.sha256(key.asbytes()).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def stored(path: Path) -> "paramiko.HostKeys":
    """The trusted keys; none where the file does not exist."""
    import paramiko  # noqa: PLC0415

    keys = paramiko.HostKeys()
    if path.is_file():
        keys.load(str(path))
    return keys
