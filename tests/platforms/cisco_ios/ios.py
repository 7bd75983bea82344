"""Reads a text as the running configuration of an IOS device."""

from __future__ import annotations

from auditor.model.device import Device
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.cisco_ios import platform as cisco_ios
from auditor.platforms.cisco_iosxe import platform as cisco_iosxe
from auditor.platforms.common.definition import Reading
from auditor.syntax.mask import Masker

KEY = b"the key of the tests"


def read(config: str | bytes, *, xe: bool = False) -> Reading:
    content = config.encode() if isinstance(config, str) else config
    definition = cisco_iosxe if xe else cisco_ios
    device = Device(name="r1", platform=definition.name)
    return definition.read(device, [Document(name=RUNNING, content=content)], [], Masker(KEY))
