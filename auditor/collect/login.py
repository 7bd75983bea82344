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
    connections: int = 4
    """Connections to one device in one run, one after the other and never two at once."""
    rows: int = 100_000
    """Rows of one SNMP table."""


class SnmpUser(msgspec.Struct, frozen=True):
    """How SNMP is asked: with a community (version 2c) or as a user (version 3)."""

    community: Hidden = Hidden("")
    username: str = ""
    auth: str = "sha256"
    auth_password: Hidden = Hidden("")
    privacy: str = "aes128"
    privacy_password: Hidden = Hidden("")
    port: int = 161


class Login(msgspec.Struct, frozen=True):
    """What is needed to log in to a device. Secrets are hidden from every print."""

    device: Device
    username: str
    password: Hidden
    enable: Hidden
    key_file: str
    known_hosts: Path
    limits: Limits = Limits()
    agent: bool = False
    """`key_file` is a public key; the private one is in the SSH agent."""
    otherwise: "Login | None" = None
    """What is tried once where this login was refused."""
    jumps: tuple["Login", ...] = ()
    """Hosts that are logged in to on the way, the nearest first."""
    proxy: str = ""
    """URL of a SOCKS proxy in front of the first host."""
    snmp: SnmpUser | None = None
    netconf_port: int = 830

    @property
    def place(self) -> str:
        """Address and port, for messages."""
        return f"{self.device.address} port {self.device.port}"
