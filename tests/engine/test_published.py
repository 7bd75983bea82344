"""Published vulnerability data: the forms of CISA and of CSAF 2.0, and what an audit makes of them."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from auditor.cli.data import data_notes
from auditor.engine.device import Task, audit_device
from auditor.engine.packs import load
from auditor.engine.published import imported
from auditor.model.check import Severity
from auditor.model.declarations import DeviceDeclarations
from auditor.model.device import Device
from auditor.model.published import Published
from auditor.model.run import Finding, Outcome
from auditor.model.snapshot import RUNNING, Document, Snapshot
from auditor.syntax.datafile import DataFileError
from tests.cli.samples import ios

PACKS = load()
NEW, KNOWN = "CVE-2026-11111", "CVE-2018-0171"
"""One that the data of the auditor does not have; one (Smart Install) of which it states no release."""


def kev(*cves: str, date: str = "2026-11-20") -> dict[str, Any]:
    """As www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json, less the texts."""
    return {
        "title": "CISA Catalog of Known Exploited Vulnerabilities",
        "catalogVersion": date.replace("-", "."),
        "dateReleased": f"{date}T14:00:00.0000Z",
        "count": len(cves),
        "vulnerabilities": [
            {"cveID": cve, "vendorProject": "Cisco", "product": "IOS and IOS XE Software", "dateAdded": "2026-11-02"}
            for cve in cves
        ],
    }


def csaf(
    cve: str, affected: tuple[str, ...] = (), fixed: tuple[str, ...] = (), date: str = "2026-11-10"
) -> dict[str, Any]:
    """An advisory in the form of CSAF 2.0 (OASIS, section 3.2), with the names that Cisco gives to products."""
    versions = [
        {
            "category": "product_version",
            "name": release,
            "product": {"product_id": f"CSAFPID-{release}", "name": f"Cisco IOS {release}"},
        }
        for release in (*affected, *fixed)
    ]
    ranged = {
        "category": "product_version_range",
        "name": "vers:ios/>=12.2|<15.9",
        "product": {"product_id": "CSAFPID-range", "name": "Cisco IOS from 12.2"},
    }
    return {
        "document": {
            "category": "csaf_security_advisory",
            "csaf_version": "2.0",
            "title": "A vulnerability",
            "publisher": {"category": "vendor", "name": "Cisco", "namespace": "https://example.net"},
            "tracking": {
                "id": f"cisco-sa-{cve.lower()}",
                "current_release_date": f"{date}T16:00:00+00:00",
                "status": "final",
            },
        },
        "product_tree": {
            "branches": [
                {
                    "category": "vendor",
                    "name": "Cisco",
                    "branches": [
                        {"category": "product_name", "name": "IOS", "branches": [*versions, ranged]},
                        {"category": "product_name", "name": "Cisco Phone", "branches": versions[:0]},
                    ],
                }
            ]
        },
        "vulnerabilities": [
            {
                "cve": cve,
                "product_status": {
                    "known_affected": [f"CSAFPID-{release}" for release in affected] + ["CSAFPID-range"],
                    "fixed": [f"CSAFPID-{release}" for release in fixed],
                },
            }
        ],
    }


def brought(tmp_path: Path, *contents: dict[str, Any], before: Published | None = None) -> Published:
    paths = []
    for number, content in enumerate(contents):
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(json.dumps(content), "utf-8")
    return imported(before or Published(), paths).published


def judged(published: Published, text: str) -> tuple[str, list[Finding]]:
    snapshot = Snapshot(Device("sw1", "cisco_ios"), (Document(RUNNING, text.encode()),))
    task = Task(snapshot, DeviceDeclarations(), today=datetime.date(2026, 11, 27), published=published)
    outcome = audit_device(task, PACKS, ("kev-cve-applicable",), b"k")
    return str(outcome.results[0].outcome), list(outcome.findings)


def test_a_release_that_an_advisory_names_is_found(tmp_path: Path) -> None:
    published = brought(tmp_path, kev(NEW), csaf(NEW, affected=("15.2(7)E3",), fixed=("15.2(7)E9",)))
    outcome, findings = judged(published, ios("sw1").replace("version 15.2", "version 15.2(7)E3"))
    mine = [one for one in findings if one.subject == NEW]
    assert outcome == Outcome.FAIL
    assert [one.severity for one in mine] == [Severity.HIGH]
    assert "cisco-sa-cve-2026-11111" in mine[0].message
    assert "whether the feature that it needs is on was not looked at" in mine[0].message
    assert mine[0].evidence[0].text.startswith("version 15.2(7)E3")
    for release in ("15.2(7)E9", "15.2(7)E4"):
        _, findings = judged(published, ios("sw1").replace("version 15.2", f"version {release}"))
        assert NEW not in {one.subject for one in findings}


def test_an_exploited_vulnerability_that_no_advisory_decides_is_no_pass(tmp_path: Path) -> None:
    text = ios("sw1").replace("version 15.2", "version 15.2(7)E3")
    for contents in ((kev(NEW),), (kev(NEW), csaf(NEW, affected=("15.2(7)E4",)))):
        published = brought(tmp_path, *contents)
        assert published.systems == {NEW: ("cisco_ios", "cisco_iosxe")}
        snapshot = Snapshot(Device("sw1", "cisco_ios"), (Document(RUNNING, text.encode()),))
        outcome = audit_device(
            Task(snapshot, DeviceDeclarations(), published=published), PACKS, ("kev-cve-applicable",), b"k"
        )
        assert outcome.results[0].outcome is Outcome.UNKNOWN
        assert f"no imported advisory names the release ({NEW})" in outcome.results[0].reason


def test_a_vulnerability_that_the_auditor_knows_of_another_system_is_judged_by_the_advisory(tmp_path: Path) -> None:
    """CVE-2023-20198 is of IOS-XE in the auditor's data."""
    published = brought(tmp_path, kev("CVE-2023-20198"), csaf("CVE-2023-20198", affected=("15.2(7)E3",)))
    _, findings = judged(published, ios("sw1").replace("version 15.2", "version 15.2(7)E3"))
    assert "CVE-2023-20198" in {one.subject for one in findings}


def test_what_is_not_exploited_is_not_found(tmp_path: Path) -> None:
    published = brought(tmp_path, kev("CVE-2026-22222"), csaf(NEW, affected=("15.2(7)E3",)))
    _, findings = judged(published, ios("sw1").replace("version 15.2", "version 15.2(7)E3"))
    assert NEW not in {one.subject for one in findings}


@pytest.mark.parametrize(("release", "found"), [("15.2(7)E3", True), ("15.2(7)E9", False), ("15.2(7)E5", False)])
def test_an_advisory_decides_where_the_data_of_the_auditor_does_not(tmp_path: Path, release: str, found: bool) -> None:
    """The vulnerabilities of Smart Install are known, and no release of them is stated."""
    text = (
        ios("sw1")
        .replace("version 15.2", f"version {release}")
        .replace("no vstack\n", "")
        .replace("\nend", "\nvstack\nend")
    )
    assert KNOWN not in {one.subject for one in judged(Published(), text)[1]}
    published = brought(tmp_path, csaf(KNOWN, affected=("15.2(7)E3",), fixed=("15.2(7)E9",)))
    findings = [one for one in judged(published, text)[1] if one.subject == KNOWN]
    assert bool(findings) is found
    assert all(one.severity is Severity.CRITICAL and "cisco-sa-cve-2018-0171" in one.message for one in findings)


def test_releases_are_compared_as_the_advisories_spell_them(tmp_path: Path) -> None:
    published = brought(tmp_path, csaf(NEW, affected=("17.3.4a",)))
    assert published.about("cisco_ios", "17.03.04A") == {NEW: True}
    assert published.about("cisco_ios", "17.03.04") == {}
    assert published.about("cisco_iosxe", "17.3.4a") == {}


def test_an_advisory_takes_the_place_of_its_older_release_and_no_older_one_of_a_newer(tmp_path: Path) -> None:
    first = brought(tmp_path, csaf(NEW, affected=("15.1",)), kev(NEW))
    second = brought(tmp_path, csaf(NEW, affected=("15.2",), date="2026-11-12"), before=first)
    assert [one.affected for one in second.statements] == [("15.2",)]
    assert len(second.files) == 2
    with pytest.raises(DataFileError, match="holds that of 2026-11-12 already"):
        brought(tmp_path, csaf(NEW, affected=("15.1",)), before=second)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"x": 1}',
        '{"document": {"csaf_version": "2.0"}}',
        '{"catalogVersion": "1", "vulnerabilities": 3}',
    ],
)
def test_what_is_neither_is_an_error_with_its_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(content, "utf-8")
    with pytest.raises(DataFileError, match=r"file\.json"):
        imported(Published(), [path])


def test_old_data_is_said_to_be_old() -> None:
    today = datetime.date(2026, 11, 27)
    assert any("112 days ago" in note for note in data_notes(Published(), "2026-08-07", today))
    assert not list(data_notes(Published(), "2026-08-29", today))


def test_imported_data_makes_it_new(tmp_path: Path) -> None:
    notes = list(data_notes(brought(tmp_path, kev(NEW)), "2026-08-07", datetime.date(2026, 11, 27)))
    assert [note.partition(", SHA")[0] for note in notes] == [
        "Vulnerability data: KEV 2026.11.20 of CISA, 2026-11-20, signature none"
    ]


@pytest.mark.skipif(not (shutil.which("gpg") and shutil.which("gpgv")), reason="needs GnuPG")
def test_a_signature_is_verified_where_a_keyring_is_named(tmp_path: Path) -> None:
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    path = tmp_path / "kev.json"
    path.write_text(json.dumps(kev(NEW)), "utf-8")

    def gpg(*words: str) -> None:
        subprocess.run(["gpg", "--homedir", str(home), "--batch", "--quiet", *words], check=True, capture_output=True)

    gpg("--passphrase", "", "--quick-generate-key", "publisher@example.net", "ed25519", "sign")
    gpg("--armor", "--detach-sign", "--output", f"{path}.asc", str(path))
    gpg("--export", "--output", str(tmp_path / "keys.gpg"))
    (tmp_path / "none.gpg").touch()
    done = imported(Published(), [path], tmp_path / "keys.gpg")
    assert done.published.files[0].signature.startswith("good, of ")
    with pytest.raises(DataFileError, match="not good"):
        imported(Published(), [path], tmp_path / "none.gpg")
    path.write_text(json.dumps(kev(NEW, KNOWN)), "utf-8")
    with pytest.raises(DataFileError, match="not good"):
        imported(Published(), [path], tmp_path / "keys.gpg")
    Path(f"{path}.asc").unlink()
    with pytest.raises(DataFileError, match="has no signature"):
        imported(Published(), [path], tmp_path / "keys.gpg")
