"""What probes wrote down, as facts."""

from collections.abc import Sequence

import msgspec

from auditor.model.areas import LiMibProbe, ProbeAnswer, Probes, SmartInstallProbe
from auditor.model.evidence import Source
from auditor.model.probe import LI_MIB, SMART_INSTALL, LiMibRecord, SmartInstallRecord
from auditor.model.snapshot import Document

_UNREADABLE = "the record of the probe cannot be read"


def probes(documents: Sequence[Document]) -> Probes:
    """Read the documents of probes; one that cannot be read was asked and is inconclusive."""
    by_name = {document.role: document for document in documents}
    return Probes(
        smart_install=_smart_install(by_name[SMART_INSTALL]) if SMART_INSTALL in by_name else None,
        li_mib=_li_mib(by_name[LI_MIB]) if LI_MIB in by_name else None,
    )


def _smart_install(document: Document) -> SmartInstallProbe:
    try:
        record = msgspec.json.decode(document.content, type=SmartInstallRecord)
    except msgspec.DecodeError:
        return SmartInstallProbe(ProbeAnswer.INCONCLUSIVE, Source(document.name, 1, 1, _UNREADABLE), _UNREADABLE)
    text = f"TCP {record.port}: {record.detail}; received {record.received or 'nothing'}"
    return SmartInstallProbe(record.answer, Source(document.name, 1, 1, text), record.detail)


def _li_mib(document: Document) -> LiMibProbe:
    try:
        record = msgspec.json.decode(document.content, type=LiMibRecord)
    except msgspec.DecodeError:
        return LiMibProbe(ProbeAnswer.INCONCLUSIVE, Source(document.name, 1, 1, _UNREADABLE), detail=_UNREADABLE)
    text = (
        f"GET of capability scalars: {', '.join(record.visible) or 'none'} of {len(record.asked)} modules gave a value"
    )
    return LiMibProbe(record.answer, Source(document.name, 1, 1, text), record.visible, record.detail)
