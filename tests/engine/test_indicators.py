"""Lists of indicators: forms, what is left out, what matches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.engine.indicators import load
from auditor.model.indicators import Indicators
from auditor.syntax.datafile import DataFileError

DIGEST = "8b9f4a1f3f6b7a0d5d0c6e1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e"


def read(path: Path, text: str, *own: str) -> Indicators:
    path.write_text(text, "utf-8")
    return load([path], own)[0]


def test_plain_text_with_notes_and_defanged_values(tmp_path: Path) -> None:
    found = read(
        tmp_path / "list.txt", f"# seen in 2025\n45.61.133[.]77   # relay\nhxxp://bad.example-host.net/\n{DIGEST}\n"
    )
    assert found.match("45.61.133.77").note == "relay"
    assert found.match("45.61.133.77").source.endswith("list.txt:2")
    assert found.match("BAD.example-host.net") is not None
    assert found.match(DIGEST.upper()) is not None
    assert found.match("45.61.133.78") is None


def test_an_address_matches_with_the_length_of_its_interface_and_in_a_listed_network(tmp_path: Path) -> None:
    found = read(tmp_path / "list.txt", "45.61.133.77\n91.231.186.0/24\n2a09:bac0::/32\n")
    assert found.match("45.61.133.77/30") is not None
    assert found.match("91.231.186.9").value == "91.231.186.0/24"
    assert found.match("2a09:bac0::1/64") is not None
    assert found.match("91.231.187.1") is None
    assert found.match("GigabitEthernet0/0") is None


def test_csv_by_its_columns(tmp_path: Path) -> None:
    found = read(tmp_path / "list.csv", "name,ip,valid_until\nrelay,45.61.133.77,2025-06-30\n")
    assert found.match("45.61.133.77").valid_until == "2025-06-30"
    with pytest.raises(DataFileError, match=r"list.csv:1: no column named"):
        read(tmp_path / "list.csv", "a,b\n1,2\n")


def test_a_stix_bundle(tmp_path: Path) -> None:
    one = {
        "type": "indicator",
        "spec_version": "2.1",
        "id": "indicator--11111111-1111-4111-8111-111111111111",
        "created": "2025-09-04T00:00:00.000Z",
        "modified": "2025-09-04T00:00:00.000Z",
        "name": "relay",
        "pattern": f"[ipv4-addr:value = '45.61.133.77'] OR [file:hashes.'SHA-256' = '{DIGEST}'] OR [file:name = 'cmd1']",
        "pattern_type": "stix",
        "valid_from": "2021-08-01T00:00:00Z",
        "valid_until": "2025-06-30T00:00:00Z",
    }
    bundle = {"type": "bundle", "id": "bundle--22222222-2222-4222-8222-222222222222", "objects": [one]}
    found = read(tmp_path / "annex.json", json.dumps(bundle))
    assert found.match("45.61.133.77").valid_until == "2025-06-30"
    assert found.match(DIGEST).note == "relay"
    assert found.match("cmd1") is None
    with pytest.raises(DataFileError, match=r"no STIX 2.1 bundle"):
        read(tmp_path / "annex.json", '{"type": "bundle", "id": 7}')


@pytest.mark.parametrize(
    "value",
    ["10.1.2.3", "192.0.2.7", "2001:db8::1", "127.0.0.1", "224.0.0.5", "0.0.0.0/0", "100.64.0.1", "45.61.133.77"],
)
def test_private_reserved_documentation_and_own_space_is_left_out(tmp_path: Path, value: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(value + "\n")
    found, notes = load([path], ["45.61.128.0/18"])
    assert found.match(value) is None
    assert "1 indicator(s) are private" in notes[0]


def test_nothing_given_is_told_from_an_empty_list(tmp_path: Path) -> None:
    assert load([], [])[0].files == ()
    assert read(tmp_path / "list.txt", "").files != ()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="cannot be read"):
        load([tmp_path / "none.txt"], [])
