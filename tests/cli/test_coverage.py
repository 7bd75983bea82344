"""`auditor coverage`: shares, unread lines by shape, and every line with its mark."""

from __future__ import annotations

from pathlib import Path

CONFIG = """\
version 15.2
hostname r1
frobnicate 1
frobnicate 2
snmp-server frobnicate 3
username bob secret 5 $1$abcd$0123456789012345678901
!
end
"""


def test_a_file_line_by_line(auditor, tmp_path: Path) -> None:
    path = tmp_path / "r1.cfg"
    path.write_text(CONFIG)
    done = auditor("coverage", str(path))
    assert done.code == 0
    lines = done.out.split("\n")
    assert lines[0] == "r1.cfg: cisco_ios, 8 lines: 12% understood, 50% irrelevant, 38% unread"
    assert "     2 frobnicate N" in lines
    marks = {
        line[:6].strip(): line[7]
        for line in lines
        if line[:6].strip().isdigit() and line[6:7] == " " and len(line) > 20
    }
    assert {number: marks[number] for number in ("2", "3", "4", "5", "6", "7")} == {
        "2": ".",
        "3": "?",
        "4": "?",
        "5": "?",
        "6": "+",
        "7": ".",
    }
    assert any(line.startswith("     5 ? snmp ") for line in lines)
    assert "0123456789012345678901" not in done.out


def test_a_folder_by_shape(auditor, tmp_path: Path) -> None:
    for name in ("r1", "r2"):
        (tmp_path / f"{name}.cfg").write_text(CONFIG.replace("r1", name))
    done = auditor("coverage", str(tmp_path))
    assert "     4 frobnicate N" in done.out.split("\n")
    assert "+ understood" not in done.out
