"""`python -m benchmarks`: CPU time and memory, beside a plain read and beside public parsers in the same run.

Every figure is the median of several rounds in processes of their own; CPU time is user plus system. With names behind
the command (`python -m benchmarks edge platforms checks folder`) only these parts are measured.
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
from functools import partial
from pathlib import Path

from benchmarks import judgement
from benchmarks.configurations import EDGES, customers, provider_edge

ROUNDS = 5
SIZES = (2_000, 20_000)
CUSTOMERS = 300
Figures = dict[str, dict[str, float]]
Task = Callable[[Path], Callable[[], object]]


def main() -> None:
    """Measure, print a table, and write the figures where --json says."""
    if sys.argv[1:2] == ["sessions"]:
        from benchmarks.sessions import main as sessions

        sessions(sys.argv[2:])
        return
    if sys.argv[1:2] == ["collection"]:
        from benchmarks.collection import main as collection

        collection(sys.argv[2:])
        return
    if sys.argv[1:2] == ["traps"]:
        from benchmarks.traps import main as traps

        traps(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], help="what to measure; everything without")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--task", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        print(json.dumps(_measure(TASKS[options.task], options.file)))
        return
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for part in options.parts or PARTS:
            figures |= PARTS[part](Path(folder))
    print(_table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _starts(_folder: Path) -> Figures:
    return {"start: auditor --help": _start("--help"), "start: auditor checks list": _start("checks", "list")}


def _edge(folder: Path) -> Figures:
    """One provider edge in two sizes: every stage, the floor, and the peers."""
    figures: Figures = {}
    for size in SIZES:
        path, lines = _written(folder, size, "cisco_iosxe")
        for name in EDGE_TASKS:
            figures[f"{name}, {lines} lines"] = _median(name, path, lines)
    for name in EDGE_TASKS:
        small, large = (figures[f"{name}, {_written(folder, size, 'cisco_iosxe')[1]} lines"] for size in SIZES)
        figures[f"{name}, ten times the lines"] = {"times_the_cpu": large["cpu_ms"] / small["cpu_ms"]}
    return figures


def _platforms(folder: Path) -> Figures:
    """Text to facts of a provider edge in the words of every platform."""
    figures: Figures = {}
    for edge in EDGES:
        path, lines = _written(folder, SIZES[-1], edge)
        figures[f"facts of {edge}, {lines} lines"] = _median(f"facts of {edge}", path, lines)
    return figures


def _forms(folder: Path) -> Figures:
    """The same customers in two forms: braces, and `set` lines that each hold a whole path."""
    figures: Figures = {}
    for edge in ("juniper_junos", "juniper_junos_set"):
        path = folder / f"{edge}-customers.cfg"
        text = customers(CUSTOMERS, edge)
        path.write_text(text, "utf-8")
        name = f"facts of {CUSTOMERS} customers, {edge}, {text.count(chr(10))} lines"
        figures[name] = _median(f"facts of {edge}", path, text.count("\n"))
    return figures


def _checks(folder: Path) -> Figures:
    """Generated edges with their declarations: text to results in two sizes, and the ten dearest checks of each."""
    figures: Figures = {}
    for kind in judgement.KINDS:
        name = f"results of the {kind} edge"
        small, large = (judgement.written(folder, kind, size) for size in SIZES)
        for path, lines in (small, large):
            figures[f"{name}, {lines} lines"] = _median(name, path, lines)
        few, many = (figures[f"{name}, {lines} lines"] for _, lines in (small, large))
        figures[f"{name}, {large[1] / small[1]:.1f} times the lines"] = {
            "times_the_cpu": many["cpu_ms"] / few["cpu_ms"]
        }
        figures |= judgement.dearest(small[0], large[0], kind)
    return figures


def _folder(folder: Path) -> Figures:
    """A folder of configurations through the command line: one worker and all cores, few files and many."""
    figures: Figures = {}
    text = provider_edge(1_000)
    for count in (100, 400, 1600):
        configs = folder / f"configs-{count}"
        configs.mkdir()
        for number in range(count):
            (configs / f"pe{number}.cfg").write_text(text.replace("hostname pe-bench", f"hostname pe{number}"), "utf-8")
        for workers in sorted({1, os.cpu_count() or 1}):
            figures[f"audit of {count} files of 1000 lines, {workers} worker(s)"] = _audited(configs, workers)
    return figures


def _audited(configs: Path, workers: int) -> dict[str, float]:
    """Wall time, CPU time and the largest process of one run. JSON only: the pages are measured by their own tests."""
    command = [sys.executable, "-m", "auditor", "audit", str(configs), "--workers", str(workers), "--quiet"]
    started = time.perf_counter()
    done = subprocess.Popen([*command, "-o", str(configs.parent / "out"), "--format", "json"])
    _, _, used = os.wait4(done.pid, 0)
    return {
        "wall_s": time.perf_counter() - started,
        "cpu_s": used.ru_utime + used.ru_stime,
        "peak_mib": used.ru_maxrss / 1024,
    }


def _written(folder: Path, size: int, edge: str) -> tuple[Path, int]:
    path = folder / f"{edge}-{size}.cfg"
    text = provider_edge(size, edge)
    path.write_text(text, "utf-8")
    return path, text.count("\n")


def _median(task: str, path: Path, lines: int) -> dict[str, float]:
    rounds = [_child(task, path) for _ in range(ROUNDS)]
    cpu = statistics.median(one["cpu_s"] for one in rounds)
    return {
        "cpu_ms": cpu * 1000,
        "lines_per_cpu_s": lines / cpu if cpu else 0.0,
        "peak_mib": statistics.median(one["peak_mib"] for one in rounds),
    }


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


def _measure(task: Task, path: Path) -> dict[str, float]:
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


def _facts(path: Path, name: str = "cisco_iosxe") -> Callable[[], object]:
    from auditor.engine.packs import load
    from auditor.model.device import Device
    from auditor.model.snapshot import Document
    from auditor.platforms.common.collector import paused
    from auditor.syntax.mask import Masker

    definition = load().platforms[name]
    documents = (Document(path.name, path.read_bytes()),)
    definition.read(
        Device("pe"), (Document(path.name, b""),), (), Masker(b"key")
    )  # imports, which count for no peer either

    def run() -> object:
        with paused():
            return definition.read(Device("pe"), documents, (), Masker(b"key"))

    return run


def _audit(path: Path) -> Callable[[], object]:
    from auditor.engine.device import Task, audit_device
    from auditor.engine.packs import load
    from auditor.model.declarations import DeviceDeclarations
    from auditor.model.device import Device
    from auditor.model.snapshot import Document, Snapshot

    packs = load()
    device = Device("pe", "cisco_iosxe")
    snapshot = Snapshot(device, (Document(path.name, path.read_bytes()),))
    empty = Snapshot(device, (Document(path.name, b""),))
    audit_device(Task(empty, DeviceDeclarations()), packs, tuple(packs.checks), b"key")
    return lambda: audit_device(Task(snapshot, DeviceDeclarations()), packs, tuple(packs.checks), b"key")


def _ciscoconfparse2(path: Path) -> Callable[[], object]:
    from ciscoconfparse2 import CiscoConfParse
    from loguru import logger

    logger.remove()
    lines = path.read_text("utf-8").split("\n")
    return lambda: CiscoConfParse(lines, syntax="ios")


def _hier_config(path: Path) -> Callable[[], object]:
    from hier_config import Host

    text = path.read_text("utf-8")
    return lambda: Host("pe", "ios").load_running_config(text)


def _netutils(path: Path) -> Callable[[], object]:
    from netutils.config.parser import IOSConfigParser

    text = path.read_text("utf-8")
    return lambda: IOSConfigParser(text).config_lines


EDGE_TASKS: dict[str, Task] = {
    "plain read and split": _plain_read,
    "text to tree": _tree,
    "text to facts (secrets masked)": _facts,
    "text to results of all checks": _audit,
    "ciscoconfparse2, text to its objects": _ciscoconfparse2,
    "hier_config, text to its tree": _hier_config,
    "netutils, text to its lines": _netutils,
}
TASKS: dict[str, Task] = (
    EDGE_TASKS
    | {f"facts of {edge}": partial(_facts, name=edge.removesuffix("_set")) for edge in EDGES}
    | {f"results of the {kind} edge": partial(judgement.results, kind=kind) for kind in judgement.KINDS}
)
PARTS: dict[str, Callable[[Path], Figures]] = {
    "start": _starts,
    "edge": _edge,
    "platforms": _platforms,
    "forms": _forms,
    "checks": _checks,
    "folder": _folder,
}


def _table(figures: Figures) -> str:
    rows = [f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, median of {ROUNDS}"]
    for name, values in figures.items():
        rows.append(f"{name:60} " + "  ".join(f"{key} {value:,.1f}" for key, value in values.items()))
    return "\n".join(rows)


if __name__ == "__main__":
    main()
