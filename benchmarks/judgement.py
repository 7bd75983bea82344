"""What judging costs: generated provider edges with their declarations, and the checks that take most of the time."""

import datetime
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from auditor.engine.declarations import load as load_declarations
from auditor.engine.device import Task, audit_device
from auditor.engine.judge import judge
from auditor.engine.packs import Packs, load
from auditor.model.check import FleetCheck
from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import Document, Snapshot
from auditor.syntax.mask import Masker
from tests.provider_edges.edge import PLATFORMS, Variant, provider_edge

KINDS = tuple(
    f"{variant.name.lower()} {platform}" for platform in PLATFORMS for variant in (Variant.HARDENED, Variant.PLANTED)
)
"""A sound edge and one with every plant, of each platform that edges are generated for."""
_DEAREST = 10
_ROUNDS = 5


def written(folder: Path, kind: str, size: int) -> tuple[Path, int]:
    """A generated edge as a file, its declarations beside it, and how many lines it has."""
    variant, platform = kind.split(" ")
    edge = provider_edge(platform, Variant[variant.upper()], size)
    path = folder / f"{kind.replace(' ', '-')}-{size}.cfg"
    path.write_text(edge.text, "utf-8")
    path.with_suffix(".yaml").write_text(edge.declarations, "utf-8")
    return path, edge.text.count("\n")


def results(path: Path, kind: str) -> Callable[[], object]:
    """Text to results of all checks, with the operator's declarations."""
    packs, task = load(), _task(path, kind)
    audit_device(task, packs, tuple(packs.checks), b"key")
    return lambda: audit_device(task, packs, tuple(packs.checks), b"key")


def dearest(small: Path, large: Path, kind: str) -> dict[str, dict[str, float]]:
    """The checks that take most of the time on the large edge, and how many times that of the small one it is."""
    packs = load()
    few, many = (_spent(packs, path, kind) for path in (small, large))
    names = sorted(many, key=many.__getitem__, reverse=True)[:_DEAREST]
    return {
        f"{name} on {kind}": {"cpu_ms": many[name] * 1000, "times_the_cpu": many[name] / max(few[name], 1e-9)}
        for name in names
    }


def _spent(packs: Packs, path: Path, kind: str) -> dict[str, float]:
    """CPU seconds of each check, the best of several rounds."""
    task = _task(path, kind)
    definition = packs.platforms[task.snapshot.device.platform]
    read = definition.read(task.snapshot.device, task.snapshot.documents, (), Masker(b"key")).facts
    best: dict[str, float] = {}
    for _ in range(_ROUNDS):
        # What a device's checks share is worked out anew in each round, as for each device.
        facts = msgspec.structs.replace(read, declared=_task(path, kind).declared)
        for name, check in packs.checks.items():
            before = time.process_time()
            if isinstance(check, FleetCheck):
                _observed(check, facts)
            else:
                judge(check, facts)
            best[name] = min(best.get(name, float("inf")), time.process_time() - before)
    return best


def _observed(check: FleetCheck, facts: Facts) -> None:
    try:
        tuple(check.observe(facts.restricted(check.meta.needs)))
    except Exception:  # noqa: BLE001  what cannot be observed costs what it costs
        return


def _task(path: Path, kind: str) -> Task:
    device = Device("pe", kind.split(" ")[1], role="pe")
    today = datetime.datetime.now(tz=datetime.UTC).date()
    declared = load_declarations([path.with_suffix(".yaml")], today).on(device)
    return Task(Snapshot(device, (Document(path.name, path.read_bytes()),)), declared)
