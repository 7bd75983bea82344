"""Authorised configurations beside what runs."""

from __future__ import annotations

from pathlib import Path

from tests.cli.samples import ios


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.cfg").write_text(text, "utf-8")
    return folder


def planted(host: str) -> str:
    return ios(host).replace("no aaa new-model\n", "username netsvc privilege 15 secret 9 $9$x$y\nno aaa new-model\n")


def test_the_copy_of_each_device_is_found_by_its_name(audit, tmp_path: Path) -> None:
    running = write(tmp_path / "running", one=planted("sw1"), two=ios("sw2"), three=ios("sw3"))
    golden = write(tmp_path / "authorised", a=ios("sw1"), b=ios("sw2"), z=ios("sw9"))
    done = audit(running, "--golden", golden)
    cells = {name: done.cells(name)["config-drift-golden"] for name in ("sw1", "sw2", "sw3")}
    assert [outcome for outcome, _ in cells.values()] == ["fail", "pass", "unknown"]
    assert cells["sw3"][1].startswith("U-DECL")
    (finding,) = [one for one in done.run["findings"] if one["check"] == "config-drift-golden"]
    assert (finding["device"], finding["severity"]) == ("sw1", "high")
    assert finding["message"] == "accounts: account netsvc is not in the authorised copy"
    assert finding["evidence"][0]["document"] == "one.cfg"
    assert "$9$x$y" not in (done.folder / "run.json").read_text("utf-8")
    documents = {document["name"] for document in done.device("sw1")["documents"]}
    assert documents == {"one.cfg", "golden/a.cfg"}
    assert any("sw9" in note for note in done.run["run"].get("notes", done.run.get("notes", [])))


def test_a_thing_that_is_gone_cites_the_copy(audit, tmp_path: Path) -> None:
    running = write(tmp_path / "running", one=ios("sw1"))
    golden = write(tmp_path / "authorised", a=planted("sw1"))
    done = audit(running, "--golden", golden)
    (finding,) = [one for one in done.run["findings"] if one["check"] == "config-drift-golden"]
    assert finding["evidence"][0]["document"] == "golden/a.cfg"
    assert finding["evidence"][0]["text"].startswith("username netsvc")


def test_a_folder_that_is_not_there_is_wrong_usage(audit, tmp_path: Path) -> None:
    running = write(tmp_path / "running", one=ios("sw1"))
    done = audit(running, "--golden", tmp_path / "none")
    assert done.code == 2
    assert "--golden" in done.err


def test_a_session_with_both_configurations(audit, tmp_path: Path) -> None:
    text = f"sw1#show running-config\n{planted('sw1')}sw1#show startup-config\n{ios('sw1')}sw1#\n"
    done = audit(write(tmp_path / "session", sw1=text))
    (finding,) = [one for one in done.run["findings"] if one["check"] == "running-startup-mismatch"]
    assert finding["message"] == "accounts: account netsvc is not in the stored configuration"


SHOWN = """sw1#show archive config differences nvram:startup-config system:running-config
{head}
+username netsvc privilege 15 secret 5 $1$abcd$aaaaaaaaaaaaaaaaaaaaa1
interface Vlan10
 +ip address 192.0.2.1 255.255.255.0
-logging host 192.0.2.20
sw1#
"""


def test_the_comparison_of_the_device_itself(audit, tmp_path: Path) -> None:
    text = f"sw1#show running-config\n{ios('sw1')}" + SHOWN.format(head="!Contextual Config Diffs:")
    done = audit(write(tmp_path / "session", sw1=text))
    found = {
        one["evidence"][0]["text"]: (one["severity"], one["message"])
        for one in done.run["findings"]
        if one["check"] == "running-startup-mismatch"
    }
    assert found == {
        "+username netsvc privilege 15 secret 5 <secret-1>": (
            "high",
            "accounts: line 'username netsvc privilege 15 secret 5' is not in the stored configuration",
        ),
        "+ip address 192.0.2.1 255.255.255.0": (
            "medium",
            "interfaces: line 'ip address 192.0.2.1 255.255.255.0' is not in the stored configuration",
        ),
        "-logging host 192.0.2.20": (
            "high",
            "logging: line 'logging host 192.0.2.20' is in the stored configuration only",
        ),
    }
    lines = text.split("\n")
    for one in done.run["findings"]:
        if one["check"] == "running-startup-mismatch":
            (evidence,) = one["evidence"]
            assert lines[evidence["line"] - 1].strip().split()[0] == evidence["text"].split()[0]
    assert "aaaaaaaaaaaaaaaaaaaaa1" not in (done.folder / "run.json").read_text("utf-8")


def test_no_difference_shown_is_a_pass_and_another_output_is_none(audit, tmp_path: Path) -> None:
    head = f"sw1#show running-config\n{ios('sw1')}sw1#show archive config differences nvram:startup-config"
    outcomes = []
    for number, output in enumerate(("!Contextual Config Diffs:\n!No changes were found", "% Invalid input")):
        done = audit(write(tmp_path / str(number), sw1=f"{head} system:running-config\n{output}\nsw1#\n"))
        outcomes.append(done.cells("sw1")["running-startup-mismatch"][0])
    assert outcomes == ["pass", "unknown"]
