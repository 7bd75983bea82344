"""The devices of a run, one after another; no result of one says anything to another."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from auditor.li_office import canonical
from auditor.li_office.compare import Comparison
from auditor.li_office.keys import RegisterKey
from auditor.li_office.register import Register
from auditor.li_office.rules import SNMP_PLATFORMS
from auditor.li_office.sealed import Examined
from auditor.li_office.snmp import Principal, SnmpReader
from auditor.li_office.taps import read_taps
from auditor.li_office.walker import ReadError
from auditor.model.device import Device


class Inputs(msgspec.Struct, frozen=True):
    """What the office brings along."""

    register: Register
    key: RegisterKey
    principal: Principal | None
    """None where no device is asked over SNMP."""
    counts: Mapping[str, int]
    """The office's own counts by device, in canonical form."""
    snmp_port: int


def by_snmp(device: Device, counts: Mapping[str, int]) -> bool:
    """Whether a device is asked over SNMP: its platform has the tables and the office handed in no count."""
    return bool(device.address) and device.platform in SNMP_PLATFORMS and canonical.device(device.name) not in counts


def examine(devices: Iterable[Device], inputs: Inputs, now: datetime) -> tuple[Examined, ...]:
    """The result of every device; one that cannot be read has a result that says so."""
    comparison = Comparison(inputs.register, inputs.key, now)
    return tuple(_examined(device, inputs, comparison) for device in devices)


def _examined(device: Device, inputs: Inputs, comparison: Comparison) -> Examined:
    count = inputs.counts.get(canonical.device(device.name))
    if count is not None:
        return Examined(comparison.counted(device.name, count))
    if inputs.principal is None or not by_snmp(device, inputs.counts):
        return Examined(comparison.unread(device.name, "none", "not examined: no count was handed in"))
    try:
        with SnmpReader(device.address, inputs.snmp_port, inputs.principal) as reader:
            taps = read_taps(reader)
    except ReadError as error:
        return Examined(comparison.unread(device.name, "snmp", f"not examined: {error}"))
    except Exception as error:  # noqa: BLE001  whatever a device provokes in the library must not end the run
        return Examined(comparison.unread(device.name, "snmp", f"not examined: {type(error).__name__}"))
    return Examined(comparison.observed(device.name, taps), taps.asked)
