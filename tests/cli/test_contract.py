"""What scripts rely on: fields, exit codes, names, lines, and the same answer for the same input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from auditor.engine.packs import load
from tests.cli.conftest import Done, in_a_process
from tests.cli.samples import folder, ios, junos

TELNET = ("--checks", "telnet-enabled")
UNKEPT = ("id", "started", "finished", "inputs")
"""Fields of `run` that differ between two runs of the same input in two folders."""


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    files = {"osl/a.cfg": ios("sw1", "telnet"), "osl/b.cfg": ios("sw2"), "mx.conf": junos("mx1"), "big.cfg": "\0\1"}
    files["two.cfg"] = ios("x") + ios("y")
    return folder(tmp_path / "in", files)


def stable(run: dict[str, Any]) -> dict[str, Any]:
    """A run without its identity and times."""
    return {**run, "run": {key: value for key, value in run["run"].items() if key not in UNKEPT}}


# --- JSON ----------------------------------------------------------------------------------------------------------

SHAPES: dict[str, dict[str, type | tuple[type, ...]]] = {
    "run": {
        "id": str, "started": str, "finished": str, "tool_version": str, "engine": str, "inputs": list, "packs": list,
        "exit_code": int,
    },
    "devices": {
        "name": str, "platform": str, "os_version": str, "role": str, "site": str, "status": str, "errors": list,
        "documents": list,
    },
    "documents": {"name": str, "sha256": str, "lines": int, "understood": int, "irrelevant": int, "unread": int},
    "results": {"check": str, "device": str, "outcome": str, "reason": str},
    "findings": {
        "check": str, "class": str, "device": str, "severity": str, "confidence": str, "title": str, "message": str,
        "subject": str, "fingerprint": str, "evidence": list, "remediation": str, "references": list, "attack": list,
        "waived": (dict, type(None)),
    },
    "evidence": {"document": str, "line": int, "end_line": int, "text": str},
    "review": {"check": str, "device": str, "subject": str, "message": str, "evidence": list, "peers": dict},
    "peers": {"with": int, "of": int, "role": str},
}  # fmt: skip


def shaped(kind: str, value: dict[str, Any]) -> None:
    for field, wanted in SHAPES[kind].items():
        assert field in value, (kind, field)
        assert isinstance(value[field], wanted), (kind, field, value[field])


def test_json_has_every_field_of_the_contract(audit, estate: Path) -> None:
    run = audit(estate).run
    assert run["schema"] == "auditor/run/1"
    shaped("run", run["run"])
    for kind in ("devices", "results", "findings", "review"):
        assert run[kind], kind
        for entry in run[kind]:
            shaped(kind, entry)
            for part in ("evidence", "documents"):
                for inner in entry.get(part, ()):
                    shaped(part, inner)
    for item in run["review"]:
        shaped("peers", item["peers"])
    assert {device["status"] for device in run["devices"]} <= {"audited", "partial", "failed"}
    assert {cell["outcome"] for cell in run["results"]} <= {"pass", "fail", "unknown", "not_applicable", "error"}
    for document in (document for device in run["devices"] for document in device["documents"]):
        assert document["understood"] + document["irrelevant"] + document["unread"] == document["lines"]
        assert len(document["sha256"]) == 64


def test_every_unknown_and_every_pass_has_a_reason(audit, estate: Path) -> None:
    for cell in audit(estate).run["results"]:
        if cell["outcome"] in ("unknown", "not_applicable", "error", "pass"):
            assert cell["reason"], cell
        if cell["outcome"] == "unknown":
            assert cell["reason"].startswith("U-"), cell


def test_a_finding_and_a_failed_cell_belong_together(audit, estate: Path) -> None:
    run = audit(estate).run
    failed = {(cell["check"], cell["device"]) for cell in run["results"] if cell["outcome"] == "fail"}
    assert failed == {(one["check"], one["device"]) for one in run["findings"]}


def test_a_cell_for_every_check_on_every_device(audit, estate: Path) -> None:
    run = audit(estate).run
    cells = [(cell["check"], cell["device"]) for cell in run["results"]]
    devices = [device["name"] for device in run["devices"]]
    assert sorted(devices) == ["mx", "sw1", "sw2", "two"] or sorted(devices) == ["mx1", "sw1", "sw2", "two"]
    assert len(cells) == len(set(cells))
    assert set(cells) == {(check, device) for check in load().checks for device in devices}


def test_json_on_standard_output_is_json_only(audit, estate: Path) -> None:
    done = audit(estate, "--json", "-", "-vv")
    assert json.loads(done.out)["schema"] == "auditor/run/1"
    assert json.loads(done.out) == done.run
    assert "devices" in done.err


def test_json_in_a_file(audit, tmp_path: Path, estate: Path) -> None:
    done = audit(estate, "--json", tmp_path / "here" / "a.json")
    assert json.loads((tmp_path / "here" / "a.json").read_text("utf-8")) == done.run
    assert done.out == ""


def test_quiet_prints_nothing(audit, estate: Path) -> None:
    done = audit(estate, "--quiet")
    assert (done.code, done.out, done.err) == (3, "", "")


# --- exit codes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fail_on", "code"), [("info", 1), ("low", 1), ("medium", 1), ("high", 1), ("HIGH", 1), ("critical", 0)]
)
def test_fail_on(audit, tmp_path: Path, fail_on: str, code: int) -> None:
    source = folder(tmp_path / "in", {"sw1.cfg": ios("sw1", "telnet")})
    done = audit(source, *TELNET, "--fail-on", fail_on)
    assert [one["severity"] for one in done.run["findings"]] == ["high"]
    assert (done.code, done.run["run"]["exit_code"]) == (code, code)


def test_0_without_findings_and_3_beats_1(audit, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"sw1.cfg": ios("sw1")})
    assert audit(source, *TELNET).code == 0
    folder(source, {"sw2.cfg": ios("sw2", "telnet")})
    assert audit(source, *TELNET).code == 1
    folder(source, {"sw3.cfg": ios("sw3").removesuffix("end\n")})
    assert audit(source, *TELNET).code == 3
    assert audit(source, *TELNET, "--only", "sw1").code == 0


def test_state_that_no_file_holds_is_not_incomplete(audit, tmp_path: Path) -> None:
    done = audit(folder(tmp_path / "in", {"sw1.cfg": ios("sw1")}))
    assert any(reason.startswith("U-") for _, reason in done.cells("sw1").values())
    assert done.run["run"]["complete"] is True
    assert done.code == 0


# --- selection -----------------------------------------------------------------------------------------------------


def test_checks_by_id_and_class(audit, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"sw1.cfg": ios("sw1")})
    credential = {check.meta.id for check in load().checks.values() if check.meta.check_class == "credential"}
    assert {cell["check"] for cell in audit(source, *TELNET).run["results"]} == {"telnet-enabled"}
    assert {cell["check"] for cell in audit(source, "--checks", "credential").run["results"]} == credential
    both = audit(source, "--checks", "credential, telnet-enabled").run
    assert {cell["check"] for cell in both["results"]} == credential | {"telnet-enabled"}
    assert [check["id"] for check in both["checks"]] == sorted(credential | {"telnet-enabled"})


def test_only(audit, estate: Path) -> None:
    run = audit(estate, "--only", "sw*").run
    assert {device["name"] for device in run["devices"]} == {"sw1", "sw2"}
    assert {cell["device"] for cell in run["results"]} == {"sw1", "sw2"}


# --- names, documents and lines ------------------------------------------------------------------------------------


def test_line_and_document_are_those_of_the_file(audit, tmp_path: Path) -> None:
    text = ios("sw1", "telnet").replace("\n", "\r\n")
    for name, content in {"osl/deep/sw1.cfg": text, "osl/deep/sw2.cfg": ios("sw2", "telnet")}.items():
        folder(tmp_path / "in", {name: content})
    for finding in audit(tmp_path / "in", *TELNET).run["findings"]:
        [evidence] = [one for one in finding["evidence"] if "transport input" in one["text"]]
        assert evidence["document"] == f"osl/deep/{finding['device']}.cfg"
        lines = (tmp_path / "in" / evidence["document"]).read_bytes().decode().split("\n")
        assert lines[evidence["line"] - 1].strip() == "transport input telnet"
        assert evidence["end_line"] == evidence["line"]


def test_a_single_file_is_cited_by_its_name(audit, tmp_path: Path) -> None:
    source = folder(tmp_path / "in", {"osl/a.cfg": ios("sw1", "telnet")})
    run = audit(source / "osl" / "a.cfg", *TELNET).run
    assert {one["document"] for finding in run["findings"] for one in finding["evidence"]} == {"a.cfg"}


def test_the_device_is_the_stem_where_no_host_is_named(audit, tmp_path: Path) -> None:
    nameless = ios("x").replace("hostname x\n", "")
    done = audit(folder(tmp_path / "in", {"core.router-1.cfg": nameless, "10.0.0.1": ios("sw2"), "b": ios("sw3")}))
    assert sorted(device["name"] for device in done.run["devices"]) == ["core.router-1", "sw2", "sw3"]


def test_the_device_is_the_host_that_a_junos_configuration_names(audit, tmp_path: Path) -> None:
    done = audit(folder(tmp_path / "in", {"a.conf": junos("mx1")}))
    assert [device["name"] for device in done.run["devices"]] == ["mx1"]


# --- the same answer -----------------------------------------------------------------------------------------------


def test_two_runs_give_the_same(audit, tmp_path: Path, estate: Path) -> None:
    first = audit(estate, output=tmp_path / "1").run
    second = audit(estate, output=tmp_path / "2").run
    assert first["run"]["id"] != second["run"]["id"]
    assert stable(first) == stable(second)


def fingerprints(done: Done) -> set[str]:
    return {finding["fingerprint"] for finding in done.run["findings"]}


def moved(text: str) -> str:
    """The same configuration with comments in between and its access list at another place."""
    block = "ip access-list standard MGMT\n permit 10.255.0.5\n!\n"
    assert block in text
    text = text.replace(block, "").replace("interface Vlan10", f"{block}interface Vlan10")
    return text.replace("line con 0", "! moved\n!\n! again\nline con 0")


def bad() -> str:
    """Several findings, one of them on a secret."""
    text = ios("sw1", "telnet").replace("no ip http server\n", "ip http server\n")
    return text.replace("line con 0", "snmp-server community public RO\nsnmp-server community private RW\nline con 0")


def test_fingerprints_survive_moved_lines_and_a_renamed_file(audit, tmp_path: Path) -> None:
    before = audit(folder(tmp_path / "a", {"one.cfg": bad()}))
    after = audit(folder(tmp_path / "b", {"sub/two.txt": moved(bad())}))
    assert len(fingerprints(before)) == len(before.run["findings"]) > 3
    assert fingerprints(before) == fingerprints(after)


def test_two_processes_give_the_same_as_one(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"{n:02}.cfg": (bad() if n % 3 else moved(bad())).replace("sw1", f"sw{n:02}") for n in range(40)
    }
    source = folder(tmp_path / "in", {**files, "07.cfg": ios("sw07").removesuffix("end\n")})
    runs = []
    for workers in (1, 2):
        report = tmp_path / str(workers)
        done = in_a_process("audit", source, "-o", report, "--format", "json", "--workers", workers)
        assert done.returncode == 3, done.stderr
        runs.append(Done(done.returncode, done.stdout, done.stderr, report).run)
    assert len(runs[0]["devices"]) == 40
    assert stable(runs[0]) == stable(runs[1])


# --- the other commands --------------------------------------------------------------------------------------------


def test_checks_list_as_json(auditor) -> None:
    listed = json.loads(auditor("checks", "list", "--json").out)
    assert [entry["id"] for entry in listed] == sorted(load().checks)
    for entry in listed:
        for field in ("platforms", "evidence", "references", "attack"):
            assert isinstance(entry[field], list), field
            assert all(isinstance(one, str) for one in entry[field])
        for field in ("id", "class", "severity", "kind"):
            assert isinstance(entry[field], str), field
        assert entry["severity"] in ("info", "low", "medium", "high", "critical")
        assert entry["kind"] in ("exposure", "undeclared", "combination", "fleet", "cve")
        assert json.loads(auditor("checks", "show", entry["id"], "--json").out) == entry


def test_checks_list_and_coverage_as_tables(auditor) -> None:
    for words in (("checks", "list"), ("checks", "coverage")):
        done = auditor(*words)
        assert done.code == 0
        assert "telnet-enabled" in done.out
    coverage = json.loads(auditor("checks", "coverage", "--json").out)
    packs = load()
    assert set(coverage["checks"]) == set(packs.checks) | set(packs.catalogue)
    words = {word.split(":")[0] for row in coverage["checks"].values() for word in row.values()}
    assert words <= {"judged", "unknown", "n/a", "planned", "-"}
    assert len(coverage["guidance"]) == len(packs.guidance) > 200
    assert all(item["checks"] or item["planned"] or item["reason"] for item in coverage["guidance"])


def test_a_retired_id_still_names_its_check(auditor) -> None:
    assert auditor("checks", "show", "erspan-export-offnet").out.startswith("covert-remote-mirror-undeclared: ")


def test_explain_says_where_nothing_is_decided(auditor) -> None:
    assert "Not on cisco_iosxr: LPTS" in auditor("explain", "copp-missing").out
    assert "Not decided on nokia_srlinux: " in auditor("explain", "nonstandard-files").out


@pytest.mark.parametrize("words", [("explain",), ("checks", "show")])
def test_explain(auditor, words: tuple[str, ...]) -> None:
    for check_id, check in load().checks.items():
        done = auditor(*words, check_id)
        assert done.code == 0
        assert done.out.startswith(f"{check_id}: {check.meta.title}\n")
        for heading in ("Why it matters", "How it is decided", "References", *(["Fix on "] if check.meta.fix else [])):
            assert heading in done.out, (check_id, heading)


def test_commands(auditor) -> None:
    done = auditor("commands")
    assert done.code == 0
    for name in load().platforms:
        assert f"{name} (" in done.out
    one = auditor("commands", "--platform", "frr").out
    assert "show running-config" in one
    assert "cisco_ios (" not in one


def test_coverage(auditor, estate: Path) -> None:
    done = auditor("coverage", estate)
    assert done.code == 0
    assert "osl/a.cfg: cisco_ios, " in done.out
    assert "big.cfg: skipped, the file is binary" in done.out
    assert "no line is unread" in done.out
    single = auditor("coverage", estate / "osl" / "a.cfg")
    assert "% understood" in single.out


def test_report_of_an_earlier_run(audit, auditor, tmp_path: Path, estate: Path) -> None:
    run = audit(estate)
    done = auditor("report", run.folder / "run.json", "-o", tmp_path / "again", "--format", "json,csv,md")
    assert done.code == 0
    assert (tmp_path / "again" / "run.json").read_bytes() == (run.folder / "run.json").read_bytes()
    assert str(tmp_path / "again" / "run.json") in done.out
    assert (tmp_path / "again" / "findings.csv").is_file()


def test_inventory_show_and_validate(auditor) -> None:
    assert (
        auditor("inventory", "validate", "inventories/demo/inventory.yaml")
        .out.strip()
        .endswith("14 devices, 1 credentials")
    )
    assert "pe4-trd" in auditor("inventory", "show", "inventories/demo/inventory.yaml").out


def test_collect_then_audit_gives_what_an_audit_gives(auditor, audit, tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshot"
    assert auditor("collect", "inventories/demo", "-o", snapshot, "--quiet").code == 0
    assert auditor("snapshot", "verify", snapshot).code == 0
    lists = ("--declarations", "inventories/demo/declarations.yaml", "--waivers", "inventories/demo/waivers.yaml")
    kept = audit(snapshot, *lists, output=tmp_path / "1")
    direct = audit("inventories/demo", output=tmp_path / "2")
    assert kept.code == direct.code == 1
    assert kept.run["findings"] == direct.run["findings"]
    assert kept.run["results"] == direct.run["results"]


def test_a_changed_snapshot_is_noticed(auditor, audit, tmp_path: Path) -> None:
    snapshot = tmp_path / "snapshot"
    auditor("collect", "inventories/demo", "-o", snapshot, "--quiet", "--only", "agg*")
    document = next(snapshot.rglob("*agg1*/*.txt"))
    document.write_bytes(document.read_bytes().replace(b"10.255", b"10.254"))
    assert auditor("snapshot", "verify", snapshot).code == 3
    done = audit(snapshot)
    assert done.code == 3
    assert done.device("agg1-osl")["status"] == "failed"
    assert done.unknown("agg1-osl")


# --- start ---------------------------------------------------------------------------------------------------------

HEAVY = ("netmiko", "paramiko", "scapy", "dask", "pysnmp")
LOADED = """
import sys
from auditor.cli import main
sys.argv = ["auditor", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    code = end.code
print("LOADED", code, *sorted({name.split(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("kind", ["help", "audit", "inventory"])
def test_nothing_heavy_is_loaded(tmp_path: Path, kind: str) -> None:
    source = folder(tmp_path / "in", {"sw1.cfg": ios("sw1")})
    words = {
        "help": ["--help"],
        "audit": ["audit", str(source), "-o", str(tmp_path / "r"), "--quiet", "--format", "html,json,sarif"],
        "inventory": ["audit", "inventories/demo", "-o", str(tmp_path / "r"), "--quiet", "--format", "json"],
    }[kind]
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=False, timeout=60
    )
    [line] = [line for line in done.stdout.split("\n") if line.startswith("LOADED")]
    _, code, *modules = line.split()
    assert code in ("0", "1"), done.stderr
    assert not set(HEAVY) & set(modules)
