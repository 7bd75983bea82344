"""Sealed results: one size, one reader, one order."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

import msgspec
import pytest

from auditor.li_office import keys, sealed
from auditor.li_office.compare import Result, Row
from auditor.li_office.refusal import Refused
from auditor.li_office.sealed import Examined, Run
from tests.li_office.conftest import NOW, Office

NOTHING = Result("edge-router-one", "snmp", authorised=0, observed=0, matched=0)


def many(count: int) -> Result:
    rows = tuple(Row(f"{number}.1", destination="203.0.113.66:9000", declared=False) for number in range(count))
    return msgspec.structs.replace(NOTHING, observed=count, unmatched=rows, misdelivered=rows)


def run(office: Office) -> Run:
    return Run("quarterly comparison", sealed.persons_tag(office.key, "Ada Lovelace", "Bob Kahn"), NOW, "rules")


def add(office: Office, *results: Result) -> str:
    examined = tuple(Examined(one, ("1.3.6",)) for one in results)
    return sealed.append(office.file("chain"), run(office), examined, office.key, office.recipient)


def opened(office: Office) -> list[sealed.Opened]:
    key = keys.recipient_key(office.file("recipient.key"), str)
    records = sealed.verify(sealed.read_lines(office.file("chain")), office.key)
    return [sealed.open_record(record, key) for record in records]


@pytest.fixture
def chain(office: Office) -> Path:
    """Two runs of three and one devices."""
    add(office, NOTHING, many(1), many(50))
    add(office, many(2))
    return office.file("chain")


@pytest.mark.requirement("R-LI-08")
def test_what_was_sealed_is_what_the_recipient_reads(office: Office, chain: Path) -> None:
    assert [one.result for one in opened(office)] == [NOTHING, many(1), many(50), many(2)]
    assert {one.reason for one in opened(office)} == {"quarterly comparison"}
    assert chain.stat().st_mode & 0o777 == 0o600


@pytest.mark.requirement("R-LI-08")
def test_all_records_have_one_size_and_clear_parts_tell_no_result(office: Office, chain: Path) -> None:
    records = [json.loads(line)["record"] for line in sealed.read_lines(chain)]
    assert len({len(line) for line in sealed.read_lines(chain)}) == 1
    assert {len(b64decode(record["sealed"])) for record in records} == {sealed.PAYLOAD_BYTES + 48}
    clear = [
        {name: value for name, value in record.items() if name not in ("sealed", "part", "previous")}
        for record in records[:3]
    ]
    assert clear[0] == clear[1] == clear[2]
    content = chain.read_bytes()
    assert not [
        word for word in (b"203.0.113", b"edge-router", b"quarterly", b"Lovelace", b"unmatched") if word in content
    ]
    assert all(record["hour"].endswith(":00Z") for record in records)
    assert {record["li_mode"] for record in records} == {"cleared"}


def test_lists_that_do_not_fit_are_cut_and_counts_stay(office: Office) -> None:
    add(office, many(20_000))
    (one,) = opened(office)
    assert one.result.observed == 20_000
    assert 100 < len(one.result.unmatched) < 20_000
    assert "unmatched 20000" in one.result.notes[-1]


@pytest.mark.requirement("R-LI-08")
def test_the_head_is_that_of_the_last_line_and_moves_with_every_run(office: Office, chain: Path) -> None:
    first = sealed.head(sealed.read_lines(chain))
    second = add(office, NOTHING)
    assert (len(first), len(second)) == (32, 32)
    assert second == sealed.head(sealed.read_lines(chain)) != first


@pytest.mark.requirement("R-LI-08")
@pytest.mark.parametrize("number", range(4))
def test_every_changed_byte_is_detected(office: Office, chain: Path, number: int) -> None:
    lines = sealed.read_lines(chain)
    line = lines[number]
    places = [*range(number, 900, 11), *range(900, len(line), 9973), *range(len(line) - 260 + number, len(line), 4)]
    for place in places:
        for other in (line[place] ^ 1, ord("A") if line[place] != ord("A") else ord("B")):
            changed = line[:place] + bytes([other]) + line[place + 1 :]
            with pytest.raises(Refused):
                sealed.verify([*lines[:number], changed, *lines[number + 1 :]], office.key)


@pytest.mark.requirement("R-LI-08")
def test_a_signature_has_one_way_of_being_written(office: Office, chain: Path) -> None:
    lines = sealed.read_lines(chain)
    content = json.loads(lines[-1])
    content["signature"] = content["signature"].upper()
    with pytest.raises(Refused):
        sealed.verify([*lines[:-1], msgspec.json.encode(content)], office.key)


@pytest.mark.requirement("R-LI-08")
@pytest.mark.parametrize(
    "order",
    [[1, 0, 2, 3], [0, 2, 1, 3], [0, 1, 3], [1, 2, 3], [3], [0, 1, 2, 2, 3], [0, 1], [0, 1, 2, 3, 0], [3, 0, 1, 2]],
)
def test_reordered_removed_and_repeated_records_are_detected(office: Office, chain: Path, order: list[int]) -> None:
    lines = sealed.read_lines(chain)
    with pytest.raises(Refused):
        sealed.verify([lines[number] for number in order], office.key)


@pytest.mark.requirement("R-LI-08")
def test_a_file_cut_anywhere_is_detected_or_has_another_head(office: Office, chain: Path) -> None:
    content = chain.read_bytes()
    head = sealed.head(sealed.read_lines(chain))
    whole_run = content.index(b"\n", content.rindex(b"\n", 0, len(content) - 1) - 1) + 1
    for size in [*range(1, len(content), 20_011), len(content) - 1, whole_run]:
        chain.write_bytes(content[:size])
        try:
            lines = sealed.read_lines(chain)
            sealed.verify(lines, office.key)
        except Refused:
            continue
        # A whole run at the end can be cut off without a trace inside the file: that is what the head is for.
        assert size == whole_run
        assert sealed.head(lines) != head


def test_a_chain_that_was_changed_gets_no_further_run(office: Office, chain: Path) -> None:
    lines = sealed.read_lines(chain)
    chain.write_bytes(b"\n".join(lines[:2]) + b"\n")
    before = chain.read_bytes()
    with pytest.raises(Refused, match="missing"):
        add(office, NOTHING)
    assert chain.read_bytes() == before


def test_a_record_with_a_good_signature_under_another_key_is_refused(office: Office, chain: Path) -> None:
    other = keys.new_register_key(office.file("other.key"), None)
    with pytest.raises(Refused, match="another register key"):
        sealed.verify(sealed.read_lines(chain), other)


def test_another_recipient_reads_nothing(office: Office, chain: Path) -> None:
    keys.new_recipient_pair(office.file("other"), None)
    (record, *_) = sealed.verify(sealed.read_lines(chain), office.key)
    with pytest.raises(Refused, match="another recipient"):
        sealed.open_record(record, keys.recipient_key(office.file("other"), str))


def test_persons_are_recorded_as_a_keyed_name(office: Office) -> None:
    tag = sealed.persons_tag(office.key, "Ada Lovelace", " bob Kahn")
    assert tag == sealed.persons_tag(office.key, "ada lovelace ", "Bob kahn")
    assert tag != sealed.persons_tag(office.key, "Bob Kahn", "Ada Lovelace")
    other = keys.new_register_key(office.file("other.key"), None)
    assert tag != sealed.persons_tag(other, "Ada Lovelace", "Bob Kahn")
