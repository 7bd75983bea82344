"""What a probe writes down."""

import msgspec

from auditor.model.areas import ProbeAnswer

SMART_INSTALL = "probe/smart-install"
"""Name of the document of the Smart Install probe."""


class SmartInstallRecord(msgspec.Struct, frozen=True):
    """The content of that document, as JSON on one line; bytes are hexadecimal."""

    target: str
    port: int
    sent: str
    received: str
    answer: ProbeAnswer
    detail: str
