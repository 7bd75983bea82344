"""The register: plain lines in, keyed tokens out, and nothing that could be guessed."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode
from pathlib import Path

import pytest

from auditor.li_office import canonical, keys, register
from auditor.li_office.refusal import Refused
from tests.li_office.conftest import MD, NOW, OTHER_MD, Office, line

HEADER = ",".join(register.COLUMNS)
DAYS = "2026-01-01,2026-12-31"


@pytest.mark.requirement("R-LI-09")
def test_a_token_is_the_keyed_hash_of_device_mechanism_selector_and_destination(tmp_path: Path) -> None:
    key = keys.new_register_key(tmp_path / "key", None)
    value = b64decode(json.loads((tmp_path / "key").read_bytes())["secret"])
    parts = [b"pe1", b"cisco-tap2", b"17.3", b"198.51.100.7:9000"]
    message = b"v1" + b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    expected = hmac.new(value, message, hashlib.sha256).digest()[:16].hex()
    assert register.token(key, "PE1 ", "cisco-tap2", "17.3", canonical.endpoint(MD)) == expected


@pytest.mark.requirement("R-LI-09")
@pytest.mark.parametrize("count", [0, 1, 50, 900])
def test_size_and_shape_of_a_token_file_tell_nothing_of_the_register(office: Office, count: int) -> None:
    known = office.register(*(line("pe1", content) for content in range(1, count + 1)))
    content = json.loads(office.file("tokens").read_bytes())
    assert len(content["tokens"]) == register.SIZES[0]
    assert {len(token) for token in content["tokens"]} == {32}
    assert content["tokens"] == sorted(content["tokens"])
    assert len(b64decode(content["header"])) == register.SIZES[0] * 256 + 40
    assert set(content) == {"schema", "scheme", "key", "header", "tokens"}
    assert len(known.entries(register.device_tag(office.key, "pe1"))) == count


def test_a_larger_register_takes_the_next_size(office: Office) -> None:
    office.register(*(line("pe1", content) for content in range(1, 1400)))
    assert len(json.loads(office.file("tokens").read_bytes())["tokens"]) == register.SIZES[1]


def test_a_token_file_holds_no_word_of_the_register(office: Office) -> None:
    office.write("register.csv", f"{HEADER}\npe-geheim,other,,,+49 170 1234567,{MD},{DAYS}\n")
    content = register.make_tokens(register.read_plain(office.file("register.csv")), office.key)
    assert not [word for word in (b"pe-geheim", b"1701234567", b"198.51.100", b"2026-12-31") if word in content]


@pytest.mark.requirement("R-LI-09")
@pytest.mark.parametrize(
    "content",
    [
        "\n".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(20)),
        json.dumps([hashlib.md5(b"1", usedforsecurity=False).hexdigest()]),
        f"device,sha1\npe1,{hashlib.sha1(b'1', usedforsecurity=False).hexdigest()}\n",
    ],
)
def test_a_list_of_plain_hashes_is_refused_with_the_reason(office: Office, content: str) -> None:
    with pytest.raises(Refused, match="list of hashes without a key"):
        register.read_tokens(office.write("hashes", content), office.key)


@pytest.mark.parametrize("change", ["token", "header", "scheme", "short", "key"])
def test_a_changed_token_file_is_refused(office: Office, change: str) -> None:
    office.register(line("pe1", 1))
    content = json.loads(office.file("tokens").read_bytes())
    real = register.token(office.key, "pe1", "cisco-tap2", "1.1", canonical.endpoint(MD))
    if change == "token":
        content["tokens"][content["tokens"].index(real)] = "0" * 32
    elif change == "header":
        content["header"] = ("A" if content["header"][50] != "A" else "B").join(
            [content["header"][:50], content["header"][51:]]
        )
    elif change == "scheme":
        content["scheme"] = "SHA-256"
    elif change == "short":
        content["tokens"] = [real]
    else:
        content["key"] = "0" * 32
    with pytest.raises(Refused):
        register.read_tokens(office.write("changed", json.dumps(content)), office.key)


def test_another_key_does_not_read_a_token_file(office: Office) -> None:
    office.register(line("pe1", 1))
    other = keys.new_register_key(office.file("other.key"), None)
    with pytest.raises(Refused, match="another key"):
        register.read_tokens(office.file("tokens"), other)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("pe1,cisco-tap2,1,1,,198.51.100.7,{0}", ":2: column md"),
        ("pe1,cisco-tap2,1,1,,198.51.100.7:70000,{0}", ":2: column md"),
        ("pe1,cisco-tap2,0,1,,198.51.100.7:1,{0}", ":2: column content_id"),
        ("pe1,cisco-tap2,1,1,10.0.0.1,198.51.100.7:1,{0}", ":2: column content_id"),
        ("pe1,cisco-tap2,2147483648,1,,198.51.100.7:1,{0}", ":2: column content_id"),
        ("pe1,nokia-li-source,,,,198.51.100.7:1,{0}", ":2: column selector"),
        ("pe1,wiretap,1,1,,198.51.100.7:1,{0}", ":2: column mechanism"),
        (",cisco-tap2,1,1,,198.51.100.7:1,{0}", ":2: column device"),
        ("pe1,cisco-tap2,1,1,,198.51.100.7:1,2026-13-01,2026-12-31", ":2: column not_before"),
        ("pe1,cisco-tap2,1,1,,198.51.100.7:1,2026-12-31,2026-01-01", ":2: column not_after"),
        ("pe1,cisco-tap2,1", ":2: expected 8 columns"),
    ],
)
def test_a_wrong_line_is_named_by_place_and_never_quoted(office: Office, text: str, place: str) -> None:
    plain = office.write("register.csv", f"{HEADER}\n{text.format(DAYS)}\n")
    with pytest.raises(Refused) as refused:
        register.read_plain(plain)
    assert place in str(refused.value)
    values = {cell for cell in text.split(",") if len(cell) > 6} - set(register.MECHANISMS)
    assert not [value for value in values if value in str(refused.value)]


def test_the_same_intercept_twice_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="twice"):
        office.register(line("pe1", 1), line("PE1", 1))


def test_dates_are_days(office: Office) -> None:
    plain = office.write(
        "register.csv", f"{HEADER}\npe1,cisco-tap2,1,1,,{MD},2026-01-01T23:30:00-02:00,2026-05-01T09:00\n"
    )
    (read,) = register.read_plain(plain)
    assert [read.not_before.isoformat(), read.not_after.isoformat()] == ["2026-01-02", "2026-05-01"]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_plain_register_that_others_may_read_is_refused(office: Office, mode: int) -> None:
    with pytest.raises(Refused, match="closed to others"):
        register.read_plain(office.write("register.csv", f"{HEADER}\n", mode))


def test_a_link_is_not_followed(office: Office) -> None:
    office.write("register.csv", f"{HEADER}\n")
    office.file("link").symlink_to(office.file("register.csv"))
    with pytest.raises(Refused, match="link"):
        register.read_plain(office.file("link"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.1", " 192.0.2.1 "),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("00-11-22-AA-BB-CC", "0011.22aa.bbcc"),
        ("Alice@Example.net", "alice@example.NET"),
        ("Strasse  5", "strasse 5"),
    ],
)
def test_ways_of_writing_a_selector_are_one_selector(one: str, other: str) -> None:
    assert canonical.selector(one) == canonical.selector(other)


def test_parts_of_a_token_cannot_be_shifted_into_each_other(office: Office) -> None:
    destination = canonical.endpoint(OTHER_MD)
    assert register.token(office.key, "pe1", "other", "1", destination) != register.token(
        office.key, "pe", "1other", "1", destination
    )


def test_counts_are_read_and_faults_named(office: Office) -> None:
    assert register.read_counts(office.write("counts", "device,count\nP1,3\n\np2,0\n")) == {"p1": 3, "p2": 0}
    for text in ("p1,x\n", "p1\n", "p1,1\nP1,2\n", "p1,-1\n"):
        with pytest.raises(Refused, match="counts:"):
            register.read_counts(office.write("counts", text))


def test_nothing_of_the_register_shows_itself(office: Office) -> None:
    known = office.register(line("pe1", 1))
    entries = known.entries(register.device_tag(office.key, "pe1"))
    plain = register.read_plain(office.file("register.csv"))
    shown = repr([known, entries, plain, office.key])
    assert not any(word in shown for word in ("pe1", "198.51", str(NOW.year), entries[0].token))
