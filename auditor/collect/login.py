"""What a login to a device needs, and the times and sizes that bound it. Free of heavy imports."""

from pathlib import Path

import msgspec

from auditor.collect.credentials import Hidden
from auditor.model.device import Device


class Limits(msgspec.Struct, frozen=True):
    """Times in seconds, sizes in bytes."""

    connect: float = 10.0
    login: float = 20.0
    """From the first byte of the server until commands can be sent."""
    command: float = 120.0
    again: float = 30.0
    """For the second try of a command."""
    device: float = 300.0
    quiet: float = 0.3
    """A command line that says nothing for so long has finished speaking."""
    output: int = 32 * 1024 * 1024
    """Bytes of one output; what is longer is not collected."""


class Login(msgspec.Struct, frozen=True):
    """What is needed to log in to a device. Secrets are hidden from every print."""

    device: Device
    username: str
    password: Hidden
    enable: Hidden
    key_file: str
    known_hosts: Path
    limits: Limits = Limits()

    @property
    def place(self) -> str:
        """Address and port, for messages."""
        return f"{self.device.address} port {self.device.port}"
