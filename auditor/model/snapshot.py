"""What a collector wrote down: documents of one device, and what could not be had."""

import msgspec

from auditor.model.areas import LiResidue
from auditor.model.device import Device

RUNNING = "show running-config"
"""Name of the document that holds the running configuration, on every platform."""
STARTUP = "show startup-config"
"""Name of the document with the configuration that the device starts with."""
GOLDEN = "authorised configuration"
"""Name of the copy that the operator authorised, which no device gave."""
NETCONF = "netconf/running"
"""Name of the running configuration as NETCONF gives it."""


class Document(msgspec.Struct, frozen=True):
    """One text as it came from a device, a file or a probe; raw, hostile and possibly full of secrets."""

    name: str
    content: bytes
    collected_by: str = "files"
    collected_at: str = ""
    sha256: str = ""
    command: str = ""
    """The command whose output it is, where the name does not say it (an output in a file with others)."""

    sent: str = ""
    """What was sent to the device for it."""
    started_at: str = ""
    """When it was asked for; `collected_at` is when it was there."""
    device_clock: str = ""
    """The time of the device itself, in its own words, where the document shows it."""
    residue: LiResidue | None = None
    """What may be said of text that was dropped for lawful intercept; kept by no snapshot on disk."""

    @property
    def role(self) -> str:
        """What the document is: the name by which readers know it."""
        return self.command or self.name

    def __repr__(self) -> str:
        return f"Document(name={self.name!r}, bytes={len(self.content)})"


class CollectionError(msgspec.Struct, frozen=True):
    """Something that was asked for and not had. `document` is empty where the whole device failed."""

    reason: str
    document: str = ""
    asked: bool = True
    """False for evidence that this kind of collection never brings (state in an offline audit)."""


class Snapshot(msgspec.Struct, frozen=True):
    """All that is known of one device. An unreachable device is a Snapshot with errors, never an absence."""

    device: Device
    documents: tuple[Document, ...] = ()
    errors: tuple[CollectionError, ...] = ()
