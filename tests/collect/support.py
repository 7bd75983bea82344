"""What the tests of this folder share: short limits, configurations, logins to emulated devices."""

from pathlib import Path

import msgspec

from auditor.collect.credentials import Hidden
from auditor.collect.login import Limits, Login
from auditor.collect.ssh import collect_ssh
from auditor.model.device import Device
from auditor.model.snapshot import Snapshot
from auditor.platforms.cisco_ios import platform as ios
from auditor.platforms.cisco_iosxe import platform as iosxe
from auditor.platforms.common.definition import PlatformDefinition
from auditor.platforms.frr import platform as frr
from auditor.platforms.juniper_junos import platform as junos
from lab.emulator import EmulatedDevice

STATE_IS_NOT_ASKED = (ios, iosxe, junos)
"""These tests are about ways in; the devices that they emulate tell their configuration and release alone."""


def _definition(platform: PlatformDefinition) -> PlatformDefinition:
    if platform not in STATE_IS_NOT_ASKED:
        return platform
    kept = tuple(one for one in platform.commands if one.document in (RUNNING, "show version"))
    return msgspec.structs.replace(platform, commands=kept)


FAST = Limits(connect=2.0, login=3.0, command=1.2, again=1.0, device=8.0, quiet=0.05)
RUNNING = "show running-config"
PLATFORMS = {one.name: _definition(one) for one in (ios, iosxe, junos, frr)}

IOS = """\
Building configuration...

Current configuration : 812 bytes
!
version 15.9
hostname r1
!
enable secret 9 $9$abcdefghijklmn
username noc privilege 15 secret 9 $9$opqrstuvwxyz
!
interface GigabitEthernet0/0
 description to Trømsø, peer core-r1#5, price 5 €
 ip address 192.0.2.1 255.255.255.0
!
snmp-server community WordOfTheDevice RO
line vty 0 4
 transport input ssh
!
end
"""
JUNOS = """\
## Last commit: 2026-11-20 10:00:00 UTC by noc
version 21.4R3.15;
system {
    host-name r1;
    services {
        ssh;
    }
}
interfaces {
    ge-0/0/0 {
        description "to Trømsø";
    }
}
"""
JUNOS_COMMAND = "show configuration | display omit | no-more"
TEXTS = {
    "cisco_ios": {RUNNING: IOS},
    "cisco_iosxe": {RUNNING: IOS},
    "juniper_junos": {JUNOS_COMMAND: JUNOS},
}


def known_hosts(folder: Path, *lines: str) -> Path:
    """A file of trusted keys."""
    path = folder / "known_hosts"
    path.write_text("".join(line + "\n" for line in lines))
    return path


def emulated(platform: str = "cisco_ios", **options) -> EmulatedDevice:
    """An emulated device with a configuration."""
    options.setdefault("hostname", "r1")
    options.setdefault("outputs", TEXTS[platform])
    return EmulatedDevice(platform=platform, **options)


def login(where, folder: Path, **changes) -> Login:
    """A login to something with address, port, username, password and host key."""
    platform = getattr(where, "platform", "frr")
    transport = "" if platform == "frr" else "ssh-cli"
    login = Login(
        device=Device(name="r1", platform=platform, address=where.address, port=where.port, transport=transport),
        username=where.username,
        password=Hidden(where.password),
        enable=Hidden(""),
        key_file="",
        known_hosts=known_hosts(folder, where.host_key_line),
        limits=FAST,
    )
    return msgspec.structs.replace(login, **changes)


def visit(where, folder: Path, **changes) -> Snapshot:
    """Collect from it."""
    made = login(where, folder, **changes)
    return collect_ssh(made, PLATFORMS[made.device.platform])


def texts(snapshot: Snapshot) -> dict[str, str]:
    """The documents as text."""
    return {document.name: document.content.decode() for document in snapshot.documents}


def reasons(snapshot: Snapshot) -> dict[str, str]:
    """Why documents are missing; the empty name for the whole device."""
    return {error.document: error.reason for error in snapshot.errors}
