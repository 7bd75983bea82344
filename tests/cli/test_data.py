"""`auditor data import`, and audits with what it brought."""

from __future__ import annotations

import json
from pathlib import Path

from auditor.engine.published import read
from tests.cli.samples import ios
from tests.engine.test_published import NEW, csaf, kev


def test_from_the_command_line_to_the_report(auditor, audit, tmp_path: Path) -> None:
    for name, content in (("kev.json", kev(NEW)), ("csaf.json", csaf(NEW, affected=("15.2(7)E3",)))):
        (tmp_path / name).write_text(json.dumps(content), "utf-8")
    (tmp_path / "sw1.cfg").write_text(ios("sw1").replace("version 15.2", "version 15.2(7)E3"), "utf-8")
    data = tmp_path / "vulnerabilities.json"
    assert auditor("data", "import", tmp_path / "kev.json", tmp_path / "csaf.json", "-o", data).code == 0
    assert read(data).exploited == {NEW: "2026-11-02"}
    done = audit(tmp_path / "sw1.cfg", "--vulnerabilities", data, "--checks", "kev-cve-applicable")
    assert done.code == 1
    assert NEW in {one["subject"] for one in done.run["findings"]}
    assert any(note.startswith("Vulnerability data: CSAF cisco-sa-cve-2026-11111") for note in done.run["run"]["notes"])


def test_the_data_beside_an_inventory_is_used(auditor, audit, tmp_path: Path) -> None:
    (tmp_path / "csaf.json").write_text(json.dumps(csaf(NEW, affected=("15.2(7)E3",))), "utf-8")
    (tmp_path / "sw1.cfg").write_text(ios("sw1"), "utf-8")
    (tmp_path / "inventory.yaml").write_text(
        "schema: auditor/inventory/1\ndevices:\n  - {name: sw1, platform: cisco_ios, config: sw1.cfg}\n", "utf-8"
    )
    assert auditor("data", "import", tmp_path / "csaf.json", "-o", tmp_path / "vulnerabilities.json").code == 0
    notes = audit(tmp_path / "inventory.yaml", "--checks", "kev-cve-applicable").run["run"]["notes"]
    assert any("cisco-sa-cve-2026-11111" in note for note in notes)


def test_a_file_that_is_no_data_is_an_error(auditor, audit, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", "utf-8")
    (tmp_path / "sw1.cfg").write_text(ios("sw1"), "utf-8")
    done = auditor("data", "import", tmp_path / "x.json", "-o", tmp_path / "v.json")
    assert (done.code, (tmp_path / "v.json").exists()) == (2, False)
    assert "x.json" in done.err
    done = audit(tmp_path / "sw1.cfg", "--vulnerabilities", tmp_path / "absent.json")
    assert done.code == 2
    assert "absent.json: is no file" in done.err
