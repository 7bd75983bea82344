"""The pipelines of docs/ci: the commands they contain are run, on emulated devices in place of containerlab's nodes."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from lab.emulator import twins
from lab.emulator.server import DEFAULT_PASSWORD

CI = Path(__file__).parents[2] / "docs" / "ci"
EXAMPLE = CI / "containerlab"
NODES = {"core1": "nokia_srlinux", "edge1": "arista_eos"}


def github() -> dict[str, list[str]]:
    jobs = yaml.safe_load((CI / "github.yml").read_text("utf-8"))["jobs"]
    return {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs.items()}


def gitlab() -> dict[str, list[str]]:
    jobs = yaml.safe_load((CI / "gitlab-ci.yml").read_text("utf-8"))
    return {name: jobs[name]["script"] for name in ("configurations", "topology")}


def jenkins() -> dict[str, list[str]]:
    text = (CI / "Jenkinsfile").read_text("utf-8")
    stages = re.split(r"stage\('(\w+)'\)", text)
    return {
        name.lower(): re.findall(r"sh '([^']+)'", body) for name, body in zip(stages[1::2], stages[2::2], strict=True)
    }


PIPELINES = {"github": github, "gitlab": gitlab, "jenkins": jenkins}


def commands(system: str, job: str) -> list[list[str]]:
    return [words for line in PIPELINES[system]()[job] if (words := shlex.split(line, comments=True))[0] == "auditor"]


def run(folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *words[1:]],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=folder,
        env={**os.environ, "AUDITOR_PASSWORD": DEFAULT_PASSWORD, "XDG_STATE_HOME": str(folder / "state")},
    )


def gated(folder: Path, system: str, job: str) -> int:
    """Run a job as its system would, up to the first command that fails; the exit code of the last one."""
    for words in commands(system, job):
        done = run(folder, words)
        if done.returncode:
            break
    return done.returncode


def reports(folder: Path) -> tuple[int, int]:
    """How many failures JUnit counts and how many results SARIF has."""
    suites = ElementTree.parse(folder / "report" / "junit.xml").getroot()
    sarif = json.loads((folder / "report" / "run.sarif").read_text("utf-8"))
    failures = sum(1 for _ in suites.iter("failure"))
    return failures, sum(len(one["results"]) for one in sarif["runs"])


@pytest.mark.parametrize("job", ["configurations", "topology"])
def test_the_systems_run_the_same_commands(job: str) -> None:
    first, *others = [commands(system, job) for system in PIPELINES]
    assert first
    assert all(one == first for one in others)


@pytest.mark.parametrize(("twin", "code"), [(twins.SOUND, 0), (twins.COMPROMISED, 1)])
def test_a_repository_of_configurations_is_gated(tmp_path: Path, twin: str, code: int) -> None:
    (tmp_path / "configs").mkdir()
    shutil.copy(EXAMPLE / "declarations.yaml", tmp_path)
    for name, device in NODES.items():
        (tmp_path / "configs" / f"{name}.cfg").write_text(next(iter(twins.outputs(device, twin).values())), "utf-8")
    assert gated(tmp_path, "github", "configurations") == code
    failures, results = reports(tmp_path)
    assert results >= failures
    assert code == 0 or failures > 20


@pytest.mark.parametrize(("twin", "code"), [(twins.SOUND, 0), (twins.COMPROMISED, 1)])
def test_a_topology_is_gated(tmp_path: Path, twin: str, code: int) -> None:
    inventory = (EXAMPLE / "inventory.yaml").read_text("utf-8")
    shutil.copy(EXAMPLE / "declarations.yaml", tmp_path)
    with ExitStack() as stack:
        for name, device in NODES.items():
            node = stack.enter_context(twins.device(device, twin))
            inventory, found = re.subn(
                rf"(name: {name},.*)address: [\d.]+", rf"\g<1>address: {node.address}, port: {node.port}", inventory
            )
            assert found == 1
        (tmp_path / "inventory.yaml").write_text(inventory, "utf-8")
        assert gated(tmp_path, "gitlab", "topology") == code
    failures, _ = reports(tmp_path)
    assert code == 0 or failures > 20


def test_the_inventory_has_the_nodes_of_the_topology() -> None:
    topology = yaml.safe_load((EXAMPLE / "wan.clab.yml").read_text("utf-8"))
    nodes = {name: node["mgmt-ipv4"] for name, node in topology["topology"]["nodes"].items()}
    inventory = yaml.safe_load((EXAMPLE / "inventory.yaml").read_text("utf-8"))
    assert {one["name"]: one["address"] for one in inventory["devices"]} == nodes
    ends = {end.partition(":")[0] for link in topology["topology"]["links"] for end in link["endpoints"]}
    assert ends == set(nodes)
