"""`python -m benchmarks collection`: one run of `auditor collect` over many devices, and SNMP beside net-snmp's walker.

Devices are SSH servers with exec channels (FRR), each on a port of its own, in a process of their own. SNMP: net-snmp's
agent on 127.0.0.1; the same columns are read by the auditor and by `snmpbulkwalk`, which starts once for each column. CPU is
user plus system of the reader alone; for the auditor without its imports and with everything that it does to a row.
"""

import argparse
import asyncio
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

USER, PASSWORD, COMMUNITY = "auditor", "collection-password", "collection-community"
ROUNDS = 5


def main(words: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks collection", description=__doc__)
    parser.add_argument("--devices", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=50)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    if options.serve:
        asyncio.run(_serve(options.serve))
        return
    print(json.dumps(_fleet(options.devices, options.workers)), flush=True)
    for figures in _snmp():
        print(json.dumps(figures), flush=True)


def _fleet(devices: int, workers: int) -> dict[str, Any]:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks", "collection", "--serve", str(devices)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    told = json.loads(server.stdout.readline())
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "known_hosts").write_text(
            "".join(f"[127.0.0.1]:{port} {told['key']}\n" for port in told["ports"]), "utf-8"
        )
        listed = "".join(f"  - {{name: r{port}, address: 127.0.0.1, port: {port}}}\n" for port in told["ports"])
        (folder / "inventory.yaml").write_text(
            f'schema: auditor/inventory/1\ncredentials:\n  c: {{username: {USER}, password: "env:BENCH_SECRET"}}\n'
            f"pace: {{total: {workers}, site: {workers}, per_second: 0}}\n"
            f"defaults: {{platform: frr, credential: c}}\ndevices:\n{listed}",
            "utf-8",
        )
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "auditor", "collect", str(folder / "inventory.yaml"), "-o", str(folder / "snapshot")],
            env=os.environ | {"BENCH_SECRET": PASSWORD}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        seconds, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
        manifest = json.loads((folder / "snapshot" / "manifest.json").read_text("utf-8"))
    server.communicate("\n")
    whole = sum(any(one["name"] == "show running-config" for one in each["documents"]) for each in manifest["devices"])
    return {
        "devices": devices,
        "workers": workers,
        "exit": done.returncode,
        "with their configuration": whole,
        "seconds": round(seconds, 1),
        "cpu_s": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "peak_mib": round(after.ru_maxrss / 1024),
    }


async def _serve(devices: int) -> None:
    """As many SSH servers in one loop."""
    import asyncssh

    from benchmarks.configurations import provider_edge
    from tests.collect.forms import FRR, form

    known = form(FRR)
    outputs = {command: known.documents[document] for command, document in known.commands.items()}
    running = next(iter(outputs))
    outputs[running] = "frr version 8.4.4\nhostname r1\n" + provider_edge(1_000, "frr").partition("\n")[2] + "\nend\n"
    key = asyncssh.generate_private_key("ssh-ed25519")

    class Server(asyncssh.SSHServer):  # type: ignore[misc]
        def begin_auth(self, _username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    def serve(process: Any) -> None:  # noqa: ANN401
        process.stdout.write(outputs.get(process.command, ""))
        process.exit(0 if process.command in outputs else 127)

    acceptors = [
        await asyncssh.listen("127.0.0.1", 0, server_host_keys=[key], server_factory=Server, process_factory=serve)
        for _ in range(devices)
    ]
    public = key.export_public_key().decode().strip()
    print(json.dumps({"key": public, "ports": [one.get_port() for one in acceptors]}), flush=True)
    await asyncio.to_thread(sys.stdin.readline)


def _snmp() -> list[dict[str, Any]]:
    if not (shutil.which("snmpd") and shutil.which("snmpbulkwalk")):
        return [{"snmp": "net-snmp is not installed"}]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        configuration = Path(folder) / "snmpd.conf"
        configuration.write_text(f"rocommunity {COMMUNITY} 127.0.0.1\nsysName r1\n", "utf-8")
        agent = subprocess.Popen(
            ["snmpd", "-f", "-Lo", "-C", "-c", str(configuration), f"udp:127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"SNMP_PERSISTENT_DIR": folder},
        )  # fmt: skip
        try:
            time.sleep(1.5)
            return [_median([_ours(port) for _ in range(ROUNDS)]), _median([_theirs(port) for _ in range(ROUNDS)])]
        finally:
            agent.terminate()
            agent.wait(10)


def _median(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    return sorted(rounds, key=lambda one: one["cpu_ms"])[len(rounds) // 2]


def _columns() -> list[str]:
    from auditor.collect.oids import TABLES

    return [column for table in TABLES for column in table.columns]


def _ours(port: int) -> dict[str, Any]:
    from auditor.collect.credentials import Hidden
    from auditor.collect.link import Stop
    from auditor.collect.login import SnmpUser
    from auditor.collect.oids import oid
    from auditor.collect.pysnmp_reader import PysnmpAsker
    from auditor.collect.snmp import Walker

    async def walk() -> int:
        asker = await PysnmpAsker.open(SnmpUser(community=Hidden(COMMUNITY), port=port), "127.0.0.1", 5.0)
        walker = Walker(asker, 100_000, time.monotonic() + 60, Stop())
        rows = [len(await walker.walk(oid(column))) for column in _columns()]
        asker.close()
        return sum(rows)

    before, begun = time.process_time(), time.monotonic()
    rows = asyncio.run(walk())
    return _figures("auditor", rows, time.process_time() - before, time.monotonic() - begun)


def _theirs(port: int) -> dict[str, Any]:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    rows = 0
    for column in _columns():
        told = subprocess.run(
            ["snmpbulkwalk", "-v2c", "-c", COMMUNITY, "-Cr20", "-On", f"127.0.0.1:{port}", column],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        rows += sum(line.startswith(f".{column}.") for line in told.splitlines())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return _figures("snmpbulkwalk", rows, cpu, time.monotonic() - begun)


def _figures(reader: str, rows: int, cpu: float, seconds: float) -> dict[str, Any]:
    return {
        "snmp reader": reader,
        "rows": rows,
        "cpu_ms": round(cpu * 1000, 1),
        "cpu_us_a_row": round(cpu / max(1, rows) * 1e6),
        "ms": round(seconds * 1000),
    }
