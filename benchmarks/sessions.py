"""`python -m benchmarks sessions`: sessions with emulated devices by every engine, in the same run and with the same traps.

A session logs in and has two commands carried out (a configuration of 1,000 lines and `show version`). Devices run in a
process of their own; CPU is that of the client alone, user plus system, without its imports. A document is `wrong` where
it differs from what the device printed, `missing` where the engine said that it could not have it. Real servers on
127.0.0.1; nothing else is reached.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CONFIGURATION = (
    "Building configuration...\n\nCurrent configuration : 47000 bytes\n!\nversion 15.9\nhostname r1\n!\n"
    + "".join(f"ip route 198.51.{at // 250}.{at % 250} 255.255.255.255 Null0 tag {at}\n" for at in range(1000))
    + "!\nend\n"
)
OUTPUTS = {"show running-config": CONFIGURATION, "show version": "Cisco IOS Software, Version 15.9(3)M2\nr1 is up\n"}
XML = "<configuration><version>21.4R3.15</version><system><host-name>r1</host-name></system>{}</configuration>".format(
    "".join(f"<route><name>198.51.{at // 250}.{at % 250}/32</name><discard/></route>" for at in range(1000))
)
USER = "auditor"
Result = dict[str, float]


def main(words: list[str]) -> None:
    """Run the engines one after the other and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks sessions", description=__doc__)
    parser.add_argument("--sessions", type=int, default=100, help="sessions of each engine at each concurrency")
    parser.add_argument("--at-once", default="1,20,100", help="how many at once, with commas")
    parser.add_argument("--engines", default=";".join(ENGINES), help="which engines, with semicolons")
    parser.add_argument("--traps", default="NONE", help="which traps, with commas; ALL for every one")
    parser.add_argument("--json", type=Path, help="add the figures to this file")
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    parser.add_argument("--client", help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.serve:
        _serve(options.serve)
        return
    if options.client:
        print(json.dumps(_client(json.loads(options.client))))
        return
    from tests.collect.trap_terminal import Trap

    traps = [trap.name for trap in Trap] if options.traps == "ALL" else options.traps.split(",")
    figures = []
    print(
        f"{'trap':15} {'engine':24} {'at once':>7} {'sessions':>8} {'wrong':>6} {'missing':>7} {'CPU ms':>7} {'s':>7} {'MB':>5}"
    )
    for trap in traps:
        for engine in options.engines.split(";"):
            for at_once in map(int, options.at_once.split(",")):
                one = _measured(engine, trap, options.sessions, at_once)
                figures.append(one)
                print(
                    f"{trap:15} {engine:24} {at_once:7} {one['sessions']:8.0f} {one['wrong']:6.0f} {one['missing']:7.0f} "
                    f"{one['cpu_ms']:7.1f} {one['seconds']:7.1f} {one['mb']:5.0f}", flush=True,
                )  # fmt: skip
    if options.json:
        earlier = json.loads(options.json.read_text("utf-8")) if options.json.exists() else []
        for one in figures:
            one.pop("key"), one.pop("port")
        options.json.write_text(json.dumps(earlier + figures, indent=1) + "\n", "utf-8")


def _measured(engine: str, trap: str, sessions: int, at_once: int) -> dict[str, Any]:
    with _device(f"{engine}:{trap}") as (port, key):
        task = {"engine": engine, "port": port, "key": key, "sessions": sessions, "at_once": at_once, "trap": trap}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", "sessions", "--client", json.dumps(task)],
            capture_output=True, text=True, check=True, env=os.environ | {"PYTHONWARNINGS": "ignore"},
        )  # fmt: skip
    return task | json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _device(what: str) -> Iterator[tuple[int, str]]:
    """An emulated device in a process of its own."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks", "sessions", "--serve", what], stdout=subprocess.PIPE, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )  # fmt: skip
    assert server.stdout is not None
    first = json.loads(server.stdout.readline())
    try:
        yield first["port"], first["key"]
    finally:
        server.communicate("\n")


def _serve(what: str) -> None:
    from tests.collect.netconf_server import NetconfServer
    from tests.collect.trap_terminal import Trap, TrapDevice

    engine, _, trap = what.partition(":")
    device: Any = NetconfServer(XML) if "netconf" in engine else TrapDevice(Trap[trap], exec_too="exec" in engine)
    device.outputs = {command: text.encode("latin-1") for command, text in OUTPUTS.items()}
    device.password = "x"
    with device:
        print(json.dumps({"port": device.port, "key": device.host_key_line}), flush=True)
        sys.stdin.readline()


def _client(task: dict[str, Any]) -> Result:
    """One engine's sessions, with what they cost."""
    run = ENGINES[task["engine"]](task)
    before, begun = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    wrong, missing = run()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "wrong": wrong,
        "missing": missing,
        "cpu_ms": cpu / task["sessions"] * 1000,
        "seconds": time.monotonic() - begun,
        "mb": after.ru_maxrss / 1024,
    }


Run = Callable[[], tuple[int, int]]


def _ours(*transports: str) -> Callable[[dict[str, Any]], Run]:
    def prepared(task: dict[str, Any]) -> Run:
        import msgspec

        import auditor.collect.exec
        import auditor.collect.netconf
        import auditor.collect.terminal  # noqa: F401
        from auditor.collect.gate import Pace
        from auditor.collect.login import Limits
        from auditor.collect.run import Collection, LoginData, collect
        from auditor.model.device import Device
        from auditor.platforms.cisco_ios import platform as ios
        from auditor.platforms.common.definition import Transport
        from auditor.platforms.juniper_junos import platform as junos

        netconf = transports == ("netconf",)
        base = junos if netconf else ios
        commands = tuple(one for one in base.commands if one.rpc or (not netconf and one.send[0] in OUTPUTS))
        definition = msgspec.structs.replace(base, transports=tuple(map(Transport, transports)), commands=commands)
        folder = Path(tempfile.mkdtemp())
        (folder / "known_hosts").write_text(task["key"] + "\n")
        os.environ["BENCH_SECRET"] = "x"
        plan = Collection(
            devices=[
                Device(name=f"r{at}", platform=definition.name, address="127.0.0.1", port=task["port"], credential="c", netconf_port=task["port"])
                for at in range(task["sessions"])
            ],
            definitions={definition.name: definition},
            credentials={"c": LoginData(USER, "env:BENCH_SECRET")},
            known_hosts=folder / "known_hosts",
            folder=folder,
            limits=Limits(login=60.0, command=20.0, again=20.0, device=300.0)
            if task["trap"] == "NONE"
            else Limits(login=20.0, command=12.0, again=12.0, device=120.0, output=1_000_000),
            pace=Pace(total=task["at_once"], site=10_000, per_second=0.0),
        )  # fmt: skip

        def run() -> tuple[int, int]:
            wrong = missing = 0
            for snapshot in collect(plan):
                found = {one.name: one.content.decode("latin-1") for one in snapshot.documents}
                for command in definition.commands:
                    text = found.get(command.document)
                    missing += text is None
                    wanted = XML if netconf else OUTPUTS[command.send[0]]
                    wrong += text is not None and (wanted not in text if netconf else text != wanted)
            return wrong, missing

        return run

    return prepared


def _asyncssh(task: dict[str, Any]) -> Run:
    """Nothing but the library: a connection, a channel per command."""
    import asyncssh

    known = Path(tempfile.mkdtemp()) / "known_hosts"
    known.write_text(task["key"] + "\n")

    async def session(limit: asyncio.Semaphore) -> list[str]:
        async with limit, asyncssh.connect(
            "127.0.0.1", task["port"], username=USER, password="x", known_hosts=str(known), config=None, encoding="latin-1"
        ) as connection:  # fmt: skip
            return [str((await connection.run(text, encoding="latin-1")).stdout) for text in OUTPUTS]

    async def all_of_them() -> list[Any]:
        limit = asyncio.Semaphore(task["at_once"])
        return await asyncio.gather(*(session(limit) for _ in range(task["sessions"])), return_exceptions=True)

    return lambda: _counted(asyncio.run(all_of_them()))


def _netmiko(task: dict[str, Any]) -> Run:
    """As its documentation shows it, with default timing; the host key is not checked."""
    from netmiko import ConnectHandler
    from netmiko.cisco import CiscoIosSSH  # noqa: F401

    def session(_number: int) -> Any:  # noqa: ANN401  texts, or what went wrong
        try:
            with ConnectHandler(
                device_type="cisco_ios", host="127.0.0.1", port=task["port"], username=USER, password="x"
            ) as connection:  # fmt: skip
                return [connection.send_command(text, read_timeout=30) for text in OUTPUTS]
        except Exception as error:  # noqa: BLE001  counted as missing
            return error

    def run() -> tuple[int, int]:
        with ThreadPoolExecutor(task["at_once"]) as pool:
            return _counted(list(pool.map(session, range(task["sessions"]))))

    return run


def _scrapli(task: dict[str, Any]) -> Run:
    """Its asyncssh transport; the host key is not checked."""
    from scrapli.driver.core import AsyncIOSXEDriver

    async def session(limit: asyncio.Semaphore) -> list[str]:
        async with limit, AsyncIOSXEDriver(
            host="127.0.0.1", port=task["port"], auth_username=USER, auth_password="x", auth_strict_key=False,
            transport="asyncssh", timeout_socket=60, timeout_transport=60, timeout_ops=60,
        ) as connection:  # fmt: skip
            return [(await connection.send_command(text)).result for text in OUTPUTS]

    async def all_of_them() -> list[Any]:
        limit = asyncio.Semaphore(task["at_once"])
        return await asyncio.gather(*(session(limit) for _ in range(task["sessions"])), return_exceptions=True)

    return lambda: _counted(asyncio.run(all_of_them()))


def _counted(sessions: list[Any]) -> tuple[int, int]:
    """Wrong and missing documents of a peer; blanks round an output are its own affair."""
    wrong = missing = 0
    for texts in sessions:
        if isinstance(texts, BaseException):
            missing += len(OUTPUTS)
            continue
        wrong += sum(_plain(one) != _plain(other) for one, other in zip(texts, OUTPUTS.values(), strict=True))
    return wrong, missing


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


ENGINES: dict[str, Callable[[dict[str, Any]], Run]] = {
    "auditor ssh-exec": _ours("ssh-exec"),
    "auditor ssh-cli": _ours("ssh-cli"),
    "auditor ssh-cli, ssh-exec": _ours("ssh-cli", "ssh-exec"),
    "auditor netconf": _ours("netconf"),
    "asyncssh exec": _asyncssh,
    "netmiko": _netmiko,
    "scrapli": _scrapli,
}
