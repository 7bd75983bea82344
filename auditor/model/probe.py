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


LI_MIB = "probe/li-mib"
"""Name of the document of the question for capability scalars of the intercept MIBs."""


class LiMibRecord(msgspec.Struct, frozen=True):
    """The content of that document, as JSON on one line: which modules gave a value to an ordinary credential.

    Only capability scalars are asked for, with GET, and no value is kept (lawful-intercept reference, 4A and 5.3).
    """

    target: str
    asked: tuple[str, ...]
    visible: tuple[str, ...]
    answer: ProbeAnswer
    detail: str
