"""`python -m benchmarks`: CPU time and memory, beside a plain read and beside ciscoconfparse2 in the same run.

Every figure is the median of several rounds in processes of their own; CPU time is user plus system.
"""

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.configurations import provider_edge

ROUNDS = 5
SIZES = (2_000, 20_000)


def main() -> None:
    """Measure, print a table, and write the figures where --json says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--task", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        print(json.dumps(_measure(TASKS[options.task], options.file)))
        return
    figures = _all()
    print(_table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _all() -> dict[str, dict[str, float]]:
    figures = {"start: auditor --help": _start("--help"), "start: auditor checks list": _start("checks", "list")}
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"pe-{size}.cfg"
            text = provider_edge(size)
            path.write_text(text, "utf-8")
            lines = text.count("\n")
            for name in TASKS:
                rounds = [_child(name, path) for _ in range(ROUNDS)]
                cpu = statistics.median(one["cpu_s"] for one in rounds)
                figures[f"{name}, {lines} lines"] = {
                    "cpu_ms": cpu * 1000,
                    "lines_per_cpu_s": lines / cpu if cpu else 0.0,
                    "peak_mib": statistics.median(one["peak_mib"] for one in rounds),
                }
    return figures


def _start(*arguments: str) -> dict[str, float]:
    rounds = []
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "auditor", *arguments], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        rounds.append((cpu * 1000, (time.perf_counter() - started) * 1000))
    return {
        "cpu_ms": statistics.median(one[0] for one in rounds),
        "wall_ms": statistics.median(one[1] for one in rounds),
    }


def _child(task: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks", "--task", task, "--file", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.strip().split("\n")[-1])
    return figures


def _measure(task: Callable[[Path], Callable[[], object]], path: Path) -> dict[str, float]:
    run = task(path)
    before = time.process_time()
    run()
    cpu = time.process_time() - before
    return {"cpu_s": cpu, "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _plain_read(path: Path) -> Callable[[], object]:
    return lambda: path.read_text("utf-8").split("\n")


def _tree(path: Path) -> Callable[[], object]:
    from auditor.platforms.cisco_ios.blocks import text_blocks
    from auditor.syntax import indent
    from auditor.syntax.text import decode

    content = path.read_bytes()

    def run() -> object:
        lines = decode(content)
        return indent.parse(lines, text_blocks(lines))

    return run


def _facts(path: Path) -> Callable[[], object]:
    from auditor.model.device import Device
    from auditor.model.snapshot import Document
    from auditor.platforms.cisco_iosxe import platform as definition
    from auditor.syntax.mask import Masker

    documents = (Document(path.name, path.read_bytes()),)
    return lambda: definition.read(Device("pe"), documents, (), Masker(b"key"))


def _audit(path: Path) -> Callable[[], object]:
    from auditor.engine.device import Task, audit_device
    from auditor.engine.packs import load
    from auditor.model.declarations import DeviceDeclarations
    from auditor.model.device import Device
    from auditor.model.snapshot import Document, Snapshot

    packs = load()
    snapshot = Snapshot(Device("pe", "cisco_iosxe"), (Document(path.name, path.read_bytes()),))
    return lambda: audit_device(Task(snapshot, DeviceDeclarations()), packs, tuple(packs.checks), b"key")


def _ciscoconfparse2(path: Path) -> Callable[[], object]:
    from ciscoconfparse2 import CiscoConfParse
    from loguru import logger

    logger.remove()
    lines = path.read_text("utf-8").split("\n")
    return lambda: CiscoConfParse(lines, syntax="ios")


TASKS: dict[str, Callable[[Path], Callable[[], object]]] = {
    "plain read and split": _plain_read,
    "text to tree": _tree,
    "text to facts (secrets masked)": _facts,
    "text to results of all checks": _audit,
    "ciscoconfparse2, text to its objects": _ciscoconfparse2,
}


def _table(figures: dict[str, dict[str, float]]) -> str:
    rows = [f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, median of {ROUNDS}"]
    for name, values in figures.items():
        rows.append(f"{name:60} " + "  ".join(f"{key} {value:,.1f}" for key, value in values.items()))
    return "\n".join(rows)


if __name__ == "__main__":
    main()
