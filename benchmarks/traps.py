"""`python -m benchmarks traps`: sessions with emulated devices that lay traps, by every way to read a device.

Each device has one trap and the words of one platform. All devices of a way stand in a process of their own; one run of the
collector visits a mixture of all of them, in an order that is the same each time. A document is `wrong` where it differs
from what the device has, `missing` where it was recorded as not collected, and `lost` where it is missing although the
trap is one that does no harm. Real servers on 127.0.0.1; nothing else is reached.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path
from typing import Any

PAUSE = 2.5
SESSIONS = {1: 40, 20: 460, 100: 500}
"""Sessions of each way at each concurrency."""
LIMITS = {1: (10.0, 8.0), 20: (20.0, 12.0), 100: (60.0, 30.0)}
"""Seconds for a command and for its second try: more where more share two cores."""
OUTPUT = 7_000_000
PASSWORD = "traps-password"
BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
Device = dict[str, Any]
"""What a client has to know of a device: trap, form, port, key, and the documents it may have of it, in several spellings."""


def main(words: list[str]) -> None:
    """Every way at every concurrency; a table, and the figures where --json says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks traps", description=__doc__)
    parser.add_argument("--ways", default=",".join(WAYS), help="which ways, with commas")
    parser.add_argument("--at-once", default="1,20,100", help="how many sessions at once, with commas")
    parser.add_argument("--sessions", type=int, help="sessions at each concurrency, in place of 40, 460 and 500")
    parser.add_argument(
        "--json", type=Path, help="put the figures into this file, in place of earlier ones of these ways"
    )
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--client", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.serve:
        _serve(options.serve)
    elif options.client:
        print(json.dumps(_client(json.loads(options.client.read_text("utf-8")))))
    else:
        figures = [one for way in options.ways.split(",") for one in _way(way, options)]
        if options.json:
            _kept(options.json, figures)


def _kept(path: Path, figures: list[dict[str, Any]]) -> None:
    ours = {one["engine"] for one in figures}
    earlier = json.loads(path.read_text("utf-8")) if path.exists() else []
    others = [one for one in earlier if (one["trap"] == "NONE" and "cpu_ms" in one) or one["engine"] not in ours]
    path.write_text(json.dumps(others + figures, indent=1) + "\n", "utf-8")


def _way(way: str, options: argparse.Namespace) -> Iterator[dict[str, Any]]:
    for at_once in map(int, options.at_once.split(",")):
        server = subprocess.Popen(
            [sys.executable, "-m", "benchmarks", "traps", "--serve", way],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert server.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            task = Path(folder) / "task.json"
            devices = json.loads(server.stdout.readline())
            sessions = options.sessions or SESSIONS[at_once]
            task.write_text(
                json.dumps({"way": way, "at_once": at_once, "sessions": sessions, "devices": devices}), "utf-8"
            )
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks", "traps", "--client", str(task)], stdout=subprocess.PIPE, text=True, check=True
            )  # fmt: skip
        server.communicate("\n")
        for one in json.loads(done.stdout.splitlines()[-1]):
            print("{engine:24} {trap:18} at once {at_once:3} sessions {sessions:3} documents {documents:4} wrong {wrong} "
                  "missing {missing} lost {lost}".format(**one), flush=True)  # fmt: skip
            yield one


# -- the devices -------------------------------------------------------------------------------------------------------


def _serve(way: str) -> None:
    """Start them, tell the client of them, wait."""
    with ExitStack() as stack:
        devices = [stack.enter_context(device) for device in WAYS[way]()]
        print(json.dumps([_told(device) for device in devices]), flush=True)
        sys.stdin.readline()


def _told(device: Any) -> Device:  # noqa: ANN401  classes of tests/collect
    told = {"trap": device.trap.name, "port": device.port, "sound": device.trap in device.sound}
    documents = {name: [one.decode("latin-1") for one in spellings] for name, spellings in device.spellings.items()}
    told["form"], told["documents"] = device.form_name, documents
    told["key"] = getattr(device, "host_key_line", "")
    return told


def _terminals(*, telnet: bool = False, exec_too: bool = False) -> Iterator[Any]:
    from tests.collect import forms
    from tests.collect.trap_terminal import MUST_BE_WHOLE, NOT_BY_EXEC, TELNET_ONLY, Trap, TrapDevice

    for trap in Trap:
        for name in forms.NAMES if telnet or trap not in TELNET_ONLY else ():
            device = TrapDevice(trap, name, telnet=telnet, exec_too=exec_too)
            harmless = set(Trap) - NOT_BY_EXEC if exec_too else MUST_BE_WHOLE
            yield _named(device, name, harmless, {one: [text] for one, text in device.documents.items()})


def _execs() -> Iterator[Any]:
    from tests.collect import forms
    from tests.collect.trap_exec import MUST_BE_WHOLE, WHOLE_FROM_A_SHELL, ExecTrapDevice, Trap

    for trap in Trap:
        for name in (*forms.NAMES, forms.FRR):
            device = ExecTrapDevice(trap, name)
            harmless = WHOLE_FROM_A_SHELL if device.form.definition.shell else MUST_BE_WHOLE
            yield _named(device, name, harmless, {one: [text] for one, text in device.documents.items()})


def _netconfs() -> Iterator[Any]:
    from lab.emulator import twins
    from tests.collect.netconf_server import MUST_BE_WHOLE, NetconfServer, Trap

    small = "<native><version>17.15</version><hostname>r1</hostname></native>"
    shown = {
        "juniper_junos": (twins.running("juniper_junos", twins.SOUND), False),
        "nokia_sros_md": (twins.running("nokia_sros_md", twins.SOUND), True),
        "cisco_iosxr": (small, True),
        "huawei_vrp": (small, False),
    }
    for trap in Trap:
        for name, (data, chunked) in shown.items():
            device = NetconfServer(data, chunked=chunked, trap=trap)
            replies = [device.reply(number).encode() for number in range(1, 6)]
            yield _named(device, name, MUST_BE_WHOLE, {"show running-config": replies, "netconf/running": replies})


def _agents() -> Iterator[Any]:
    from auditor.collect.oids import TABLES
    from tests.collect.snmp_agent import MUST_BE_WHOLE, Agent, Trap, router, shown

    for trap in Trap:
        agent = Agent(router(trap), community=PASSWORD, trap=trap)
        documents = {one.document: [shown(agent.objects, one.document).encode()] for one in TABLES}
        yield _named(agent, "cisco_ios", MUST_BE_WHOLE, documents)


def _named(device: Any, form: str, sound: set[Any], spellings: dict[str, list[bytes]]) -> Any:  # noqa: ANN401
    from auditor.platforms.redaction.plain import plain

    shown = {name: [plain(text) for text in texts] for name, texts in spellings.items()}
    device.form_name, device.sound, device.spellings = form, sound, shown
    device.password, device.pause = PASSWORD, PAUSE
    return device


WAYS: dict[str, Callable[[], Iterator[Any]]] = {
    "ssh-cli": _terminals,
    "ssh-cli+ssh-exec": lambda: _terminals(exec_too=True),
    "ssh-exec": _execs,
    "telnet": lambda: _terminals(telnet=True),
    "netconf": _netconfs,
    "snmp": _agents,
}


# -- the client --------------------------------------------------------------------------------------------------------


def _client(task: dict[str, Any]) -> list[dict[str, Any]]:
    """One run of the collector over a mixture of the devices; figures by trap."""
    from auditor.collect.run import collect

    devices = sorted(task["devices"], key=lambda one: (one["trap"], one["form"]))
    random.Random(20).shuffle(devices)
    # Where not all come in, every trap does.
    devices.sort(key=_turn(devices))
    visited = list(islice(cycle(devices), task["sessions"]))
    figures: dict[str, dict[str, Any]] = defaultdict(
        lambda: dict.fromkeys(("sessions", "documents", "wrong", "missing", "lost"), 0)
    )
    with tempfile.TemporaryDirectory() as folder:
        for device, snapshot in zip(visited, collect(_plan(task, visited, Path(folder))), strict=True):
            one = figures[device["trap"]]
            found = {each.name: each.content.decode("latin-1") for each in snapshot.documents}
            wrong = [name for name, text in device["documents"].items() if name in found and found[name] not in text]
            missing = [name for name in device["documents"] if name not in found]
            one["sound"] = device["sound"]
            one["sessions"] += 1
            one["documents"] += len(device["documents"])
            one["wrong"] += len(wrong)
            one["missing"] += len(missing)
            one["lost"] += len(missing) if device["sound"] else 0
            if wrong or (missing and device["sound"]):
                reasons = [error.reason for error in snapshot.errors]
                print(device["trap"], device["form"], "wrong", wrong, "missing", missing, reasons, file=sys.stderr)
    engine = "auditor " + task["way"].replace("+", ", ")
    return [
        {"trap": trap, "engine": engine, "at_once": task["at_once"], **one} for trap, one in sorted(figures.items())
    ]


def _turn(devices: list[Device]) -> Callable[[Device], int]:
    """How many devices with the same trap come before."""
    seen: dict[str, int] = defaultdict(int)
    turns = {}
    for device in devices:
        turns[device["trap"], device["form"]] = seen[device["trap"]]
        seen[device["trap"]] += 1
    return lambda device: turns[device["trap"], device["form"]]


def _plan(task: dict[str, Any], visited: list[Device], folder: Path) -> Any:  # noqa: ANN401
    import msgspec

    from auditor.collect.gate import Pace
    from auditor.collect.login import Limits
    from auditor.collect.run import Collection, LoginData
    from auditor.model.device import Device as Target
    from auditor.platforms.common.definition import Command, Transport
    from tests.collect.forms import form

    way = task["way"]
    transports = () if way == "snmp" else tuple(Transport(one) for one in way.split("+"))
    (folder / "known_hosts").write_text("".join(one["key"] + "\n" for one in task["devices"]), "utf-8")
    os.environ["TRAPS_SECRET"] = PASSWORD
    command, again = LIMITS[task["at_once"]]
    if way == "snmp":  # the limit of a command holds for all tables together
        command = 120.0
    definitions = {}
    for name in {one["form"] for one in visited}:
        definition = form(name).definition
        commands = definition.commands
        if way == "netconf":
            commands = (Command(commands[0].document, (), rpc=definition.rpcs[0].name),)
        if way == "snmp":
            commands = ()
        # The two command lines of SR OS are one platform with the same commands.
        definitions[definition.name] = msgspec.structs.replace(
            definition, transports=transports or definition.transports, commands=commands
        )
    targets = [
        Target(
            name=f"r{number}", platform=form(one["form"]).definition.name, address="127.0.0.1", port=one["port"],
            credential="snmp" if way == "snmp" else "ssh", netconf_port=one["port"],
            transport="telnet" if way == "telnet" else "", channels=(way,) if way in ("netconf", "snmp") else (),
            snmp=f"snmp{one['port']}" if way == "snmp" else "",
        )
        for number, one in enumerate(visited)
    ]  # fmt: skip
    agents = {f"snmp{one['port']}": LoginData("", community="env:TRAPS_SECRET", port=one["port"]) for one in visited}
    return Collection(
        devices=targets,
        definitions=definitions,
        credentials={"ssh": LoginData("auditor", "env:TRAPS_SECRET"), "snmp": LoginData("auditor", "env:TRAPS_SECRET")} | agents,
        known_hosts=folder / "known_hosts",
        folder=folder,
        limits=Limits(login=60.0, command=command, again=again, device=600.0, output=OUTPUT, rows=2_500),
        pace=Pace(total=task["at_once"], site=10_000, per_second=0.0),
    )  # fmt: skip
