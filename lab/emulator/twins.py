"""The twins of each platform: one device as it should be, and the same one after an intrusion."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Final, NamedTuple

from .platforms import DEVICES, PLATFORMS, folder
from .server import EmulatedDevice, Fault

SOUND: Final = "sound"
COMPROMISED: Final = "compromised"
TWINS: Final = (SOUND, COMPROMISED)
NAMES: Final = tuple(sorted(path.parent.name for path in DEVICES.glob("*/platform.yaml")))
"""Every emulated device; each exists as a sound and as a compromised twin."""


class Trait(NamedTuple):
    """Something planted in a compromised twin."""

    check: str
    """The catalogue's id."""
    kind: str
    """`config` and `state`: a check finds it; `planned`: no check reads it yet."""
    command: str
    line: str


def _rows(name: str, file: str) -> list[dict[str, str]]:
    with (folder(name) / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def outputs(name: str, twin: str) -> dict[str, str]:
    """Every command that a device answers, and its output."""
    place = folder(name) / twin
    return {row["command"]: (place / row["file"]).read_text(encoding="utf-8") for row in _rows(name, "commands.tsv")}


def running(name: str, twin: str) -> str:
    """What a device shows of its running configuration over NETCONF; empty where it has none."""
    netconf = PLATFORMS[name].netconf
    return (folder(name) / twin / netconf.running).read_text(encoding="utf-8") if netconf else ""


def documents(name: str, twin: str) -> dict[str, str]:
    """Everything that can be had of a device: outputs by command, and `netconf/running`."""
    shown = running(name, twin)
    return outputs(name, twin) | ({"netconf/running": shown} if shown else {})


def traits(name: str) -> list[Trait]:
    """What is planted in the compromised twin."""
    return [Trait(row["check"], row["kind"], row["command"], row["line"]) for row in _rows(name, "TRAITS.tsv")]


def hostname(name: str, twin: str) -> str:
    """The name that the prompt shows."""
    return f"{PLATFORMS[name].host}-{'sound' if twin == SOUND else 'comp'}"


def listed(name: str, device: EmulatedDevice) -> str:
    """A device in an inventory, with all that may be asked: commands of its shell, and NETCONF where it has it."""
    netconf = f", channels: [netconf], netconf_port: {device.port}" if device.netconf else ""
    where = f"address: {device.address}, port: {device.port}"
    return f"name: {name}, platform: {device.platform}, {where}, shell_commands: true{netconf}"


def device(
    name: str,
    twin: str,
    *,
    fault: Fault = Fault.NONE,
    port: int = 0,
    permits: Callable[[str], bool] = lambda _command: True,
) -> EmulatedDevice:
    """A twin, ready to be started; `permits` are the rights of the account that logs in."""
    return EmulatedDevice(
        platform=name,
        hostname=hostname(name, twin),
        outputs=outputs(name, twin),
        stored=False,
        fault=fault,
        port=port,
        running=running(name, twin),
        permits=permits,
    )
