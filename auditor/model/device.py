"""A device of the inventory: where it is and what it is for; never a secret."""

import msgspec

AUTO = "auto"


class Device(msgspec.Struct, frozen=True):
    """One router or switch. `credential` and `jump` are names of entries, not values."""

    name: str
    platform: str = AUTO
    role: str = ""
    site: str = ""
    tags: tuple[str, ...] = ()
    address: str = ""
    port: int = 22
    credential: str = ""
    config: str = ""
    """Path of a saved configuration to read in place of a login, relative to the inventory."""
    transport: str = ""
    """The way to ask it first (`ssh-exec`, `ssh-cli`, `netconf`, `telnet`); empty for the order of its platform."""
    channels: tuple[str, ...] = ()
    """Second views to collect as well: `netconf`, `snmp`."""
    netconf_port: int = 830
    jump: tuple[str, ...] = ()
    """Names of the hosts that are logged in to on the way, the nearest first."""
    proxy: str = ""
    """URL of a SOCKS proxy on the way."""
    snmp: str = ""
    """Name of the credential for SNMP."""
    shell_commands: bool = False
    """The listed commands of the Linux shell under its command line may be sent as well."""
    window: str = ""
    """When it may be visited (`22:00-05:00`, `Sa,Su 00:00-24:00`), in the time of the machine that collects."""
