"""Where the LI-cleared run refuses to take place, and that ordinary commands know nothing of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.li_office import snmp, surroundings
from auditor.li_office.refusal import Refused
from tests.li_office.conftest import Office
from tests.li_office.test_sealed import NOTHING, add

COMMANDS = {
    "li-audit": ("inventory.yaml", "--key", "k", "--recipient", "r", "--register", "t", "-o", "out"),
    "li-open": ("file", "--key", "k", "--register-key", "r"),
}


def auditor(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in surroundings._CI}
    command = [sys.executable, "-m", "auditor", *arguments]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, env={**clean, **environment}, timeout=60
    )


@pytest.mark.requirement("R-LI-01")
@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_terminal_it_is_refused(tmp_path: Path, command: str) -> None:
    done = auditor(tmp_path, command, *COMMANDS[command])
    assert done.returncode == 2
    assert done.stdout == ""
    assert "is no terminal" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.requirement("R-LI-01")
@pytest.mark.parametrize("name", surroundings._CI)
def test_in_a_ci_environment_it_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match=name):
        surroundings.check_place({name: "true"})
    if name == "CI":
        done = auditor(tmp_path, "li-audit", *COMMANDS["li-audit"], CI="true")
        assert done.returncode == 2
        assert "CI environment" in done.stderr


@pytest.mark.requirement("R-LI-01")
@pytest.mark.parametrize("ordinary", ["run.json", "index.html", "run.sarif", "junit.xml", "manifest.json"])
def test_the_folder_of_ordinary_output_is_refused(office: Office, ordinary: str) -> None:
    office.file("deep").mkdir(mode=0o700)
    surroundings.check_output(office.file("deep") / "sealed")
    office.write(ordinary, "{}")
    for place in (office.file("sealed"), office.file("deep") / "sealed"):
        with pytest.raises(Refused, match="ordinary reports or snapshots"):
            surroundings.check_output(place)


def test_the_usual_output_folder_a_link_and_an_open_folder_are_refused(office: Office) -> None:
    office.file("audit-report").mkdir(mode=0o700)
    with pytest.raises(Refused, match="ordinary"):
        surroundings.check_output(office.file("audit-report") / "sealed")
    office.file("link").symlink_to(office.file("sealed"))
    with pytest.raises(Refused, match="link"):
        surroundings.check_output(office.file("link"))
    office.file("open").mkdir()
    office.file("open").chmod(0o777)
    with pytest.raises(Refused, match="others may write"):
        surroundings.check_output(office.file("open") / "sealed")
    with pytest.raises(Refused):
        surroundings.check_output(office.file("nowhere") / "sealed")


@pytest.mark.requirement("R-LI-01")
def test_an_ordinary_audit_has_no_option_and_loads_nothing_of_it(tmp_path: Path) -> None:
    text = auditor(tmp_path, "audit", "--help").stdout + auditor(tmp_path, "collect", "--help").stdout
    assert "--li" not in text
    assert "cleared" not in text
    (tmp_path / "r1.cfg").write_text("hostname r1\n!\nend\n")
    code = (
        "import sys\nsys.argv=['auditor','audit','r1.cfg','-o','out','--quiet']\n"
        "from auditor.cli import main\n"
        "try:\n    main()\nfinally:\n"
        "    print([name for name in sys.modules if 'li_office' in name or name.split('.')[0] in ('pysnmp', 'nacl')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.strip().endswith("[]"), done.stdout + done.stderr


@pytest.mark.requirement("R-LI-01")
def test_the_commands_load_neither_packs_nor_collectors(office: Office) -> None:
    office.write(
        "inventory.yaml", "schema: auditor/inventory/1\ndevices:\n  - {name: a, address: 192.0.2.1, platform: frr}\n"
    )
    code = (
        "import sys\nfrom pathlib import Path\nfrom auditor.cli import li\n"
        "options = li.AuditOptions(Path('inventory.yaml'), *[Path('x')] * 4, None, None, None, 161)\n"
        "print([device.name for device in li._devices(options)])\n"
        "others = ('auditor_checks', 'auditor_reports', 'auditor.collect', 'auditor.engine', 'netmiko', 'scapy')\n"
        "print([name for name in sys.modules if name.startswith(others)])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=office.folder)
    assert done.stdout == "['a']\n[]\n", done.stdout + done.stderr


@pytest.mark.requirement("R-LI-12")
def test_cleared_results_cannot_become_an_ordinary_report(office: Office) -> None:
    add(office, NOTHING)
    (line, _) = office.file("chain").read_bytes().split(b"\n")
    cleared = {"schema": "auditor/li-result/1", "li_mode": "cleared", "result": {"device": "pe-secret"}}
    office.write("opened.json", json.dumps([{"record": json.loads(line)["record"], "opened": cleared}]))
    office.write("one.json", json.dumps(cleared))
    for name in ("chain", "opened.json", "one.json", "tokens"):
        if name == "tokens":
            office.register()
        done = auditor(office.folder, "report", name, "-o", "out", "--format", "html,json,csv,md,sarif,junit")
        assert done.returncode == 2, name
        assert "is no run of schema" in done.stderr
        assert "pe-secret" not in done.stderr + done.stdout
        assert not office.file("out").exists()


@pytest.mark.requirement("R-LI-12")
@pytest.mark.parametrize("name", ["chain", "opened.json"])
def test_an_ordinary_audit_makes_nothing_of_cleared_results(office: Office, name: str) -> None:
    add(office, NOTHING)
    office.write(
        "opened.json", json.dumps({"schema": "auditor/li-result/1", "li_mode": "cleared", "device": "pe-secret"})
    )
    done = auditor(office.folder, "audit", name, "-o", "out", "--format", "json")
    assert done.returncode in (2, 3)
    written = "".join(path.read_text("utf-8") for path in office.file("out").rglob("*") if path.is_file())
    assert "pe-secret" not in written + done.stdout + done.stderr


@pytest.mark.requirement("R-LI-08")
def test_a_hardened_process_is_not_dumpable_and_says_nothing_when_it_dies(tmp_path: Path) -> None:
    code = (
        "import ctypes, logging, sys\nfrom auditor.li_office import process\nprocess.harden()\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
        "logging.getLogger('pysnmp').critical('class-1')\nraise ValueError('class-1')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "0\n")
    assert done.stderr == "auditor: the run did not complete\n"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"privacy": "", "privacy_key": ""}, "authNoPriv is refused"),
        ({"authentication": "", "authentication_key": "", "privacy": "", "privacy_key": ""}, "noAuthNoPriv is refused"),
        ({"version": "2c"}, "v2c are refused"),
        ({"community": "public"}, "v2c are refused"),
        ({"authentication": "md5"}, "authentication must be one of"),
        ({"privacy": "des"}, "privacy must be one of"),
        ({"privacy_key": "short"}, "8 characters"),
        ({"user": ""}, "no user"),
    ],
)
def test_a_weak_principal_is_refused(office: Office, change: dict[str, str], words: str) -> None:
    path = office.principal("liaudit", **change)
    with pytest.raises(Refused, match=words) as refused:
        snmp.read_principal(path)
    assert "lab-only" not in str(refused.value)


def test_a_principal_file_that_others_may_read_is_refused(office: Office) -> None:
    path = office.principal("liaudit")
    path.chmod(0o644)
    with pytest.raises(Refused, match="closed to others"):
        snmp.read_principal(path)


@pytest.mark.requirement("R-LI-04")
def test_the_package_knows_no_request_but_getnext() -> None:
    folder = Path(surroundings.__file__).parent
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    assert "next_cmd" in text
    words = ("set_cmd", "get_cmd", "bulk", "walk_cmd", "SetRequest", "SetCommandGenerator", "CommunityData")
    assert [word for word in words if word in text] == []
