"""Loose files: what each is, and what its device is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine.detection import detect, foreign
from auditor.engine.intake import Survey, mistaken, names, snapshot, survey
from auditor.engine.packs import load
from tests.cli.samples import ios, junos

DEMO = Path(__file__).parents[2] / "inventories" / "demo" / "configs"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"a.cfg": "r1"}, {"a.cfg": "r1"}),
        ({"a.cfg": ""}, {"a.cfg": "a"}),
        ({"r1": ""}, {"r1": "r1"}),
        ({"core.r1": ""}, {"core.r1": "core.r1"}),
        ({"core.r1.cfg": ""}, {"core.r1.cfg": "core.r1"}),
        ({"10.0.0.1": ""}, {"10.0.0.1": "10.0.0.1"}),
        ({"a.cfg": "x", "b.cfg": "x"}, {"a.cfg": "a", "b.cfg": "b"}),
        ({"1/a.cfg": "x", "2/a.cfg": "x"}, {"1/a.cfg": "1/a.cfg", "2/a.cfg": "2/a.cfg"}),
        ({"1/a.cfg": "x", "2/a.cfg": "y"}, {"1/a.cfg": "x", "2/a.cfg": "y"}),
        ({"a.cfg": "b", "b.cfg": ""}, {"a.cfg": "a", "b.cfg": "b"}),
        ({"a.cfg": "a", "b.cfg": "a"}, {"a.cfg": "a", "b.cfg": "b"}),
        ({"a.cfg": "", "a.conf": ""}, {"a.cfg": "a.cfg", "a.conf": "a.conf"}),
        (
            {"a.cfg": "", "a.conf": "", "a.cfg.txt": ""},
            {"a.cfg": "a.cfg", "a.conf": "a.conf", "a.cfg.txt": "a.cfg.txt"},
        ),
    ],
)
def test_names(found: dict[str, str], expected: dict[str, str]) -> None:
    assert names(Survey(path, host=host) for path, host in found.items()) == expected


def test_a_skipped_file_takes_no_name() -> None:
    surveys = [Survey("a.cfg", host="r1"), Survey("b.cfg", host="r1", skip="empty")]
    assert names(surveys) == {"a.cfg": "r1"}


WORDS = st.sampled_from(["a", "b", "a.cfg", "b.txt", "a.cfg.txt", "x/a", "x/a.cfg"])


@given(st.dictionaries(WORDS, st.sampled_from(["", "a", "b", "a.cfg", "c"]), min_size=1))
def test_every_file_has_a_name_of_its_own(found: dict[str, str]) -> None:
    given_names = names([Survey(path, host=host) for path, host in found.items()])
    assert set(given_names) == set(found)
    assert len(set(given_names.values())) == len(found)


# --- what a file is ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def platforms():
    return load().platforms


def test_survey_of_what_is_no_configuration(platforms) -> None:
    for content in (b"", b"\n\n", b" \0\0\r\n", b"\xef\xbb\xbf"[:0]):
        assert survey("f", content, platforms).skip == "the file is empty"
    assert survey("f", bytes(range(256)) * 40, platforms).skip == "the file is binary"
    for text in ("hello world\n", "# Title\n\nshow run on line vty 0 4\n", '{"a": 1}\n', "a,b,c\n1,2,3\n"):
        assert "not a configuration" in survey("f", text.encode(), platforms).skip, text


def test_survey_of_a_configuration(platforms) -> None:
    found = survey("osl/a.cfg", ios("sw1").encode(), platforms)
    assert (found.platform, found.host, found.skip, found.fault) == ("cisco_ios", "sw1", "", "")
    assert found.detection.startswith("90 %: ")
    assert survey("f", ios("sw1").replace("\n", "\r\n").encode(), platforms).host == "sw1"
    assert survey("f", junos().encode(), platforms).platform == "juniper_junos"


def test_survey_of_two_devices(platforms) -> None:
    found = survey("f", (ios("sw1") + ios("sw2")).encode(), platforms)
    assert found.fault.startswith("holds more than one device ('sw1' at line 10, 'sw2' at line ")
    assert survey("f", (ios("sw1") + ios("sw1")).encode(), platforms).fault == ""


def test_survey_of_a_command_script(platforms) -> None:
    assert survey("f", b"configure terminal\n" + ios().encode(), platforms).detection.endswith("not a capture")


@pytest.mark.parametrize("path", sorted(DEMO.iterdir()), ids=lambda path: path.name)
def test_the_demo_is_recognised(platforms, path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    found = detect(lines, platforms)
    assert found is not None
    assert found.confidence >= 80
    assert found.platform in platforms
    assert mistaken(lines, found.platform, platforms) == ""
    others = {name for name in platforms if platforms[name].commands is not platforms[found.platform].commands}
    assert all(mistaken(lines, name, platforms) for name in others)


FOREIGN = {
    "a10_acos": "!Current configuration: 218 bytes\n!64-bit Advanced Core OS (ACOS) version 5.2.0, build 155\n!\nhostname lb1\n"
    "interface ethernet 1\n  enable\nip access-list A\n  permit ip any any\nend\n",
    "cisco_asa": ": Saved\n:\nASA Version 9.16(4)\n!\nhostname fw1\ninterface GigabitEthernet0/0\n nameif outside\n",
    "fortinet": "#config-version=FGT60F-7.2.5-FW-build1517\nconfig system global\n    set hostname fw1\nend\n",
    "hp_procurve": "; J9773A Configuration Editor; Created on release #YA.16.08\nhostname sw1\nsnmp-server community public\n",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_system_without_a_reader_is_named_and_skipped(platforms, name: str) -> None:
    lines = FOREIGN[name].split("\n")
    assert foreign(lines) == name
    found = survey("f", FOREIGN[name].encode(), platforms)
    assert found.skip == f"looks like {name}, which this version does not read"


def test_foreign_sees_nothing_in_our_platforms(platforms) -> None:
    for text in ("", "hello\n", ios(), junos()):
        assert foreign(text.split("\n")) == ""


def test_a_fragment_is_read_as_the_platform_that_was_named(platforms) -> None:
    assert mistaken(["ip forward-protocol udp 99"], "cisco_ios", platforms) == ""
    assert survey("f", b"some unheard-of statement\n", platforms, "cisco_ios").platform == "cisco_ios"


def test_snapshot_of_a_survey(platforms) -> None:
    found = snapshot(Survey("a.cfg", "frr"), "r1", b"text", platforms)
    assert (found.device.name, found.device.platform, found.errors) == ("r1", "frr", ())
    assert [document.name for document in found.documents] == ["a.cfg"]
    failed = snapshot(Survey("a.cfg", fault="two devices"), "r1", b"text", platforms)
    assert (failed.device.platform, failed.documents) == ("auto", ())
    assert failed.errors[0].reason == "two devices"
