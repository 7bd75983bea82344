"""A probe that was made is never as if it had not been."""

from auditor.model.areas import ProbeAnswer
from auditor.model.probe import SMART_INSTALL
from auditor.model.snapshot import Document
from auditor.platforms.common.probes import probes


def test_a_record_that_cannot_be_read_is_inconclusive() -> None:
    found = probes((Document(SMART_INSTALL, b"{broken"),)).smart_install
    assert found is not None
    assert found.answer is ProbeAnswer.INCONCLUSIVE


def test_without_a_record_nothing_was_asked() -> None:
    assert probes(()).smart_install is None
