"""Finding one's way among the documents of a snapshot."""

from collections.abc import Sequence

from auditor.model.areas import Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Unknown
from auditor.model.facts import Facts
from auditor.model.snapshot import RUNNING, CollectionError, Document
from auditor.platforms.common.definition import Reading
from auditor.platforms.common.probes import probes

PROBE = "probe/"
"""Documents with this beginning were written by probes."""


def main_document(documents: Sequence[Document]) -> Document | None:
    """The running configuration: the document of that name, else the only one that is no probe's."""
    named = [document for document in documents if document.role == RUNNING]
    others = [document for document in documents if not document.role.startswith(PROBE)]
    return named[0] if named else others[0] if len(others) == 1 else None


def without_configuration(
    platform: str, device: Device, documents: Sequence[Document], errors: Sequence[CollectionError]
) -> Reading:
    """Facts of a device whose configuration was not had: every area is missing, with the reason."""
    reason = errors[0].reason if errors else "no running configuration was collected"
    gap = Unknown(Code.STATE, reason)
    return Reading(
        Facts(
            device=device,
            platform=platform,
            areas={Area.PROBES: probes(documents)},
            complete=gap,
            missing={area: gap for area in Area if area is not Area.PROBES},
        )
    )
