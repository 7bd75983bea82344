"""Small checks and facts to judge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from auditor.model.areas import Area
from auditor.model.check import CheckClass, CheckMeta, DeviceCheck, Fix, Kind, Severity
from auditor.model.device import Device
from auditor.model.evidence import Known, Setting, Source
from auditor.model.facts import Facts

FIX = Fix("no user $name", verify="show user $name", caution="Careful.")


def source(line: int = 1, text: str = "ip http server") -> Source:
    return Source("running", line, line, text)


def meta(check_id: str = "check", **more: object) -> CheckMeta:
    given: dict[str, object] = {
        "id": check_id,
        "title": "Something is wrong",
        "check_class": CheckClass.MANAGEMENT,
        "severity": Severity.HIGH,
        "kind": Kind.EXPOSURE,
        "needs": frozenset({Area.SERVICES, Area.PROBES}),
        "fix": {"cisco_ios": FIX},
        "why": "Because.",
    }
    return CheckMeta(**{**given, **more})  # type: ignore[arg-type]


def check(run: Callable[[Facts], Iterator[object]], check_id: str = "check", **more: object) -> DeviceCheck:
    return DeviceCheck(meta(check_id, **more), run)  # type: ignore[arg-type]


def says(*judgements: object, then: Exception | None = None) -> Callable[[Facts], Iterator[object]]:
    """A check function that yields these and then raises."""

    def run(_facts: Facts) -> Iterator[object]:
        yield from judgements
        if then is not None:
            raise then

    return run


def facts(
    platform: str = "cisco_ios",
    complete: Setting[bool] = Known(True),  # noqa: B008  immutable
    unread: dict[Area, Iterable[Source]] | None = None,
) -> Facts:
    lost = {area: tuple(sources) for area, sources in (unread or {}).items()}
    return Facts(device=Device("r1", platform), platform=platform, areas={}, complete=complete, unread=lost)
