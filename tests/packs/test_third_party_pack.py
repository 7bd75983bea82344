"""A distribution of its own brings a platform, a check and a report format; the core is a built wheel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[2]
PACK = Path(__file__).parent / "acme_pack"
PIN = "S3cr3tPinOfAcme"
CONFIG = f"acme-os 1.0\nname gate1\npin {PIN}\ndoor front open\ndoor back shut\ndone\n"


@pytest.fixture(scope="module")
def auditor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with both wheels installed, and the path of its `auditor`."""
    folder = tmp_path_factory.mktemp("wheels")
    for source in (ROOT, PACK):
        build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
        subprocess.run(build, check=True, capture_output=True, timeout=120)
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=True)
    site = next(home.glob("lib/python*/site-packages"))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site)]
    subprocess.run([*pip, *map(str, folder.glob("*.whl"))], check=True, capture_output=True, timeout=120)
    # The dependencies of the wheel come from the environment of the tests, the auditor itself does not.
    (site / "dependencies.pth").write_text(_dependencies(), "utf-8")
    return home / "bin" / "python"


def _dependencies() -> str:
    return str(Path(msgspec.__file__).parents[1])


def run(python: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(python), "-m", "auditor", *arguments]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=120, cwd=folder, env=environment
    )


def test_check_platform_and_format_enter_without_touching_the_core(auditor: Path, tmp_path: Path) -> None:
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs" / "gate1.cfg").write_text(CONFIG, "utf-8")
    done = run(auditor, tmp_path, "audit", "configs", "-o", "out", "--format", "acme,json", "-vv")
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "out" / "acme.txt").read_text("utf-8") == "gate1 acme-door-open\n"
    content = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    (finding,) = content["findings"]
    assert finding["check"] == "acme-door-open"
    assert finding["remediation"] == "close door front"
    assert finding["evidence"][0]["line"] == 4
    assert content["devices"][0]["platform"] == "acme_os"
    assert any(name.startswith("acme-pack 1.2.3") for name in content["run"]["packs"])
    builtin = {result["outcome"] for result in content["results"] if result["check"] != "acme-door-open"}
    assert builtin == {"not_applicable"}
    assert PIN not in done.stderr + done.stdout + json.dumps(content)


def test_the_code_that_ran_is_the_wheel(auditor: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [str(auditor), "-c", "import auditor; print(auditor.__file__)"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"HOME": str(tmp_path)},
    )
    assert not where.stdout.startswith(str(ROOT))


def test_commands_of_the_pack_are_listed(auditor: Path, tmp_path: Path) -> None:
    done = run(auditor, tmp_path, "commands", "--platform", "acme_os")
    assert "show all" in done.stdout
