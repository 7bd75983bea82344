"""What probes wrote down, as facts."""

from collections.abc import Sequence

import msgspec

from auditor.model.areas import ProbeAnswer, Probes, SmartInstallProbe
from auditor.model.evidence import Source
from auditor.model.probe import SMART_INSTALL, SmartInstallRecord
from auditor.model.snapshot import Document


def probes(documents: Sequence[Document]) -> Probes:
    """Read the documents of probes; one that cannot be read was asked and is inconclusive."""
    for document in documents:
        if document.role == SMART_INSTALL:
            try:
                record = msgspec.json.decode(document.content, type=SmartInstallRecord)
            except msgspec.DecodeError:
                text = "the record of the probe cannot be read"
                return Probes(SmartInstallProbe(ProbeAnswer.INCONCLUSIVE, Source(document.name, 1, 1, text), text))
            text = f"TCP {record.port}: {record.detail}; received {record.received or 'nothing'}"
            return Probes(SmartInstallProbe(record.answer, Source(document.name, 1, 1, text), record.detail))
    return Probes()
