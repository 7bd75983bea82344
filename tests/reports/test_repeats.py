"""What is wrong in many places of one device is said once, with all its places; and counts once among the first actions."""

import re

import msgspec
import pytest

from auditor.model.run import DeviceStatus, Evidence, Outcome, WaiverNote
from auditor_reports import html, junit, md, sarif
from auditor_reports.fleet import arrange
from auditor_reports.verdict import device_verdict
from auditor_reports.views import views
from tests.reports.example_run import RUN, changed

PORTS = 48
DEVICE = next(d.name for d in RUN.devices if d.status is DeviceStatus.AUDITED and d.name.startswith("par"))


def port(number: int):
    """One of many findings of a check on a device."""
    one = next(f for f in RUN.findings if f.check == "telnet-enabled")
    return msgspec.structs.replace(
        one,
        device=DEVICE,
        subject=f"port {number}",
        message=f"port {number} is open",
        fingerprint=f"{number:016x}",
        evidence=(Evidence("running", number, number, f"interface {number}"),),
        remediation=f"interface {number}\n shutdown",
        waived=None,
    )


@pytest.fixture(scope="module")
def run():
    results = tuple(
        msgspec.structs.replace(r, outcome=Outcome.FAIL) if (r.check, r.device) == ("telnet-enabled", DEVICE) else r
        for r in RUN.results
    )
    findings = (*RUN.findings, *(port(n) for n in range(1, PORTS + 1)))
    return changed(RUN, findings=findings, results=results)


@pytest.fixture(scope="module")
def page(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("html")
    html.write(run, folder)
    return (folder / "devices" / f"{DEVICE}.html").read_text("utf-8")


def test_one_article_holds_every_place(page):
    articles = re.findall(r"<article.*?</article>", page, flags=re.DOTALL)
    (mine,) = [one for one in articles if "port 7 is open" in one]
    assert all(f"port {n} is open" in mine and f'id="f-{n:016x}"' in mine for n in range(1, PORTS + 1))
    assert mine.count("Why it matters") == 1
    assert f"{PORTS} places" in mine
    assert mine.count("interface 7\n shutdown") == 1


def test_each_finding_can_still_be_accepted_by_itself(page):
    assert all(f"subject: &#34;port {n}&#34;" in page for n in range(1, PORTS + 1))


def test_the_first_actions_name_the_check_once(run, tmp_path):
    assert [g.check.id for g in arrange(run).actions].count("telnet-enabled") == 1
    (path,) = md.write(run, tmp_path)
    lines = path.read_text("utf-8").split("\n")
    assert len([line for line in lines if re.match(r"\d+\. .*Telnet", line) and f"{PORTS + 1} places" in line]) == 1


def test_the_verdict_of_a_device_counts_kinds(run):
    plain = changed(run, findings=tuple(port(n) for n in range(1, PORTS + 1)))
    (view,) = [d for d in views(plain) if d.row.name == DEVICE]
    assert device_verdict(view).headline.startswith("48 findings of 1 kind: ")


def test_formats_for_machines_keep_each(run, tmp_path):
    (sarif_file,) = sarif.write(run, tmp_path)
    (junit_file,) = junit.write(run, tmp_path)
    for path in (sarif_file, junit_file):
        content = path.read_text("utf-8")
        assert all(f"port {n} is open" in content for n in range(1, PORTS + 1)), path.name


def test_accepted_places_stand_apart_from_open_ones(tmp_path):
    note = WaiverNote("replaced next week", "noc", "2027-01-31")
    findings = (port(1), port(2), msgspec.structs.replace(port(3), waived=note))
    html.write(changed(RUN, findings=findings), tmp_path)
    articles = re.findall(
        r"<article.*?</article>", (tmp_path / "devices" / f"{DEVICE}.html").read_text("utf-8"), re.DOTALL
    )
    opened, accepted = articles
    assert "port 3 is open" not in opened
    assert "replaced next week" in accepted
    assert "port 1 is open" not in accepted
