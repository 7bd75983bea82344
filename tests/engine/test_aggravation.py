"""What else was found on the same device makes some findings worse."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from auditor.engine.audit import audit
from auditor.engine.declarations import Declarations, Entry
from auditor.engine.intake import Collected
from auditor.engine.waivers import Waiver
from auditor.model.check import Severity
from auditor.model.declarations import Declared
from auditor.model.device import Device
from auditor.model.run import Finding
from auditor.model.snapshot import RUNNING, Document, Snapshot
from tests.cli.samples import ios
from tests.engine.test_audit import STARTED, plan

ACCOUNT = "username spare secret 9 $9$abcdefghijklmn$0123456789abcdefghijklmnopqrstuvwxyzABCDEFG\n"
BROAD = "access-list 22 permit 198.51.100.0 0.0.0.255\nline vty 0 4\n access-class 22 in\n transport input ssh\n"
SILENT = "no logging on\n"
DECLARED = Declarations(
    lists={
        "local_users": (Entry(Declared("drift"), {}),),
        "management_sources": (Entry(Declared("10.255.0.5"), {}),),
    }
)
CHECKS = ("local-user-undeclared", "acl-foreign-permit", "logging-disabled", "log-cleared-evidence")


def found(devices: Iterable[str], *, waivers: tuple[Waiver, ...] = ()) -> list[Finding]:
    """The findings of devices with these statements, by a run over the checks that make each other worse."""
    named = [
        (Device(f"r{number}", "cisco_ios"), ios(f"r{number}").replace("\nend", f"\n{more}end"))
        for number, more in enumerate(devices)
    ]
    given = plan(selected=CHECKS, declarations=DECLARED, waivers=waivers, expected=tuple(device for device, _ in named))
    intakes = [Collected(Snapshot(device, (Document(RUNNING, text.encode()),))) for device, text in named]
    return [one for one in audit(intakes, given, STARTED, lambda _device: None).findings if one.waived is None]


def severities(findings: Iterable[Finding]) -> dict[str, Severity]:
    return {one.check: one.severity for one in findings}


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        (ACCOUNT, {"local-user-undeclared": Severity.HIGH}),
        (BROAD, {"acl-foreign-permit": Severity.HIGH}),
        (ACCOUNT + BROAD, {"local-user-undeclared": Severity.CRITICAL, "acl-foreign-permit": Severity.CRITICAL}),
        (SILENT, {"logging-disabled": Severity.HIGH}),
        (SILENT + ACCOUNT, {"logging-disabled": Severity.CRITICAL, "local-user-undeclared": Severity.HIGH}),
    ],
)
def test_what_stands_beside_a_finding_makes_it_worse(more: str, wanted: dict[str, Severity]) -> None:
    assert severities(found([more])) == wanted


def test_the_message_says_why() -> None:
    (account,) = (one for one in found([ACCOUNT + BROAD]) if one.check == "local-user-undeclared")
    assert account.message.endswith(
        "; critical because a management list of this device admits a source that is not declared"
    )


def test_another_device_makes_nothing_worse() -> None:
    assert {one.severity for one in found([ACCOUNT, BROAD])} == {Severity.HIGH}


def test_what_was_waived_makes_nothing_worse() -> None:
    accepted = Waiver("acl-foreign-permit", "*", "a partner's desk", "noc", "2027-01-01")
    assert severities(found([ACCOUNT + BROAD], waivers=(accepted,))) == {"local-user-undeclared": Severity.HIGH}


def test_the_subject_stays_the_same() -> None:
    alone = {one.fingerprint for more in (ACCOUNT, BROAD) for one in found([more])}
    assert {one.fingerprint for one in found([ACCOUNT + BROAD])} == alone
