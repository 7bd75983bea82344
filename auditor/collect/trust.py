"""Host keys: strict, stored beside the inventory, accepted only by a person."""

import os
import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from auditor.collect.host_keys import KnownHosts, fingerprint, host_name, stored
from auditor.collect.quiet import silence_libraries
from auditor.collect.reasons import network
from auditor.model.device import Device

_AT_ONCE = 16
SCAN_TIMEOUT = 10.0
"""Seconds to connect and exchange keys."""


class ScannedKey(msgspec.Struct, frozen=True):
    """The key that a device showed, or why it showed none."""

    device: str
    key_type: str = ""
    fingerprint: str = ""
    line: str = ""
    """known_hosts form."""
    error: str = ""
    known: bool = False
    """The same key is stored already."""
    changed: bool = False
    """Another key is stored for this device."""


def scan(devices: Iterable[Device], known_hosts: Path) -> list[ScannedKey]:
    """Ask every device that has an address for its key; nobody logs in."""
    keys = stored(known_hosts)
    silence_libraries()
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="scan") as pool:
        return list(pool.map(lambda device: _scan_one(device, keys), [one for one in devices if one.address]))


def _scan_one(device: Device, keys: KnownHosts) -> ScannedKey:
    import paramiko  # noqa: PLC0415

    if device.jump or device.proxy:
        why = "it is reached over another host: take its key from the device itself"
        return ScannedKey(device.name, error=f"{device.address} port {device.port}: {why}")
    try:
        with socket.create_connection((device.address, device.port), timeout=SCAN_TIMEOUT) as link:
            transport = paramiko.Transport(link)
            transport.banner_timeout = SCAN_TIMEOUT
            try:
                transport.start_client(timeout=SCAN_TIMEOUT)
                key = transport.get_remote_server_key()
            finally:
                transport.close()
    except (OSError, UnicodeError, paramiko.SSHException, EOFError) as error:
        return ScannedKey(device.name, error=f"{device.address} port {device.port}: {network(error)}")
    name = host_name(device)
    entry = keys.lookup(name)
    same = entry.get(key.get_name()) == key
    return ScannedKey(
        device=device.name,
        key_type=key.get_name(),
        fingerprint=fingerprint(key),
        line=f"{name} {key.get_name()} {key.get_base64()}",
        known=same,
        changed=bool(entry) and not same,
    )


def store(path: Path, scanned: Iterable[ScannedKey]) -> None:
    """Add keys. A key of a device that has another stored one is never replaced: that is for a person to do by hand."""
    lines = [key.line for key in scanned if key.line and not key.known and not key.changed]
    if lines:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.is_file() and not path.read_bytes().endswith(b"\n") and path.stat().st_size > 0
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="ascii") as file:
            file.write("\n" if unfinished else "")
            file.write("".join(line + "\n" for line in lines))
