"""Generated provider edges, audited as a person does it: what is planted is found at its line, and nothing else is."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from auditor.engine.packs import load
from tests.cli.conftest import ROOT, in_a_process
from tests.provider_edges.edge import PLATFORMS, Edge, Variant, provider_edge
from tests.provider_edges.session import session

LINES = 1_500
FEWEST = 1
"""One set of customers."""
SOUND_PEERS = (2, 3, 4)
"""Seeds of the hardened edges beside each planted one, so that fleet checks have something to compare."""
INDICATORS = "9f0e7c3b1a5d4f2e8b6a7c9d0e1f2a3b\n3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea\n"

OTHER_EVIDENCE = {
    "covert-nonpersistent-mirror": "what runs and is not configured stands in outputs of state",
    "multi-channel-config-mismatch": "needs the same configuration by a second channel",
    "covert-tunnel-undeclared": "the checks of the kinds of tunnels report in its place (threats 0.4)",
}
NOT_PLANTED = {
    "cisco_iosxe": OTHER_EVIDENCE
    | {"onbox-script-undeclared": "scripts are files, which no statement of IOS-XE names: needs the list of files"},
    "juniper_junos": OTHER_EVIDENCE
    | {
        "container-undeclared": "programs of Junos are onbox-script-undeclared (threats 0.4)",
        "login-bruteforce-unlimited": "a limit is there by default, and the statement can only change it",
        "boot-path-remote-or-changed": "no statement of Junos names what is booted",
        "running-startup-mismatch": "a commit stores what runs: needs the difference from a rollback",
    },
}
"""Catalogue entries that the configuration of a platform cannot show, and why."""

EXPLAINED = {
    "routing-auth-missing": "MD5 where the protocol or the peer has no better form: info by the catalogue",
    "gre-tunnel-undeclared": "a tunnel that is shut down: info by the catalogue (threats 0.4)",
    "tunnel-crosses-boundary": "a tunnel that is shut down: info by the catalogue (threats 0.4)",
}
"""What is reported of a hardened edge, for information only."""

COMBINED = {
    "covert-mirror-of-management-traffic": "a diversion of logins",
    "mirror-into-tunnel": "a mirror and an undeclared tunnel (rule 1)",
    "tacacs-server-undeclared": "a weakened method list beside it (rule 2)",
    "local-user-undeclared": "a foreign address in a management list beside it (rule 3)",
    "acl-foreign-permit": "an undeclared account beside it (rule 3)",
    "gre-tunnel-undeclared": "outside of the operator's space",
}
"""Findings of the planted edges that context makes critical."""

PEERS = (
    "acl-unreferenced-or-changed",
    "fleet-outlier",
    "password-reuse-fleet",
    "rspan-vlan-without-destination",
    "undeclared-value-on-several-devices",
)
"""Checks that compare devices: on a planted edge they report what others report too, once more as odd."""

COPIES = ("config-drift-golden", "running-startup-mismatch")
"""Checks that compare a configuration with a copy: whatever is planted differs from the sound one."""

SHOWN = {
    check
    for check, entry in load().catalogue.items()
    if "config" in entry.evidence and entry.check_class not in ("li-provisioning", "li-delivery")
}
"""Checks of what a configuration shows; interception and live state have tests of their own."""
UNKNOWN = {
    "boot-path-remote-or-changed": "U-STATE",
    "config-drift-golden": "U-DECL",
    "covert-mirror-of-management-traffic": "U-STATE",
    "covert-nonpersistent-mirror": "U-STATE",
    "covert-packet-capture": "U-STATE",
    "default-credential-present": "U-HID",
    "diameter-exposed": "U-VANT",
    "grx-ipx-nontelecom-services": "U-VANT",
    "gtpc-exposed": "U-VANT",
    "gtpu-exposed": "U-VANT",
    "kev-cve-applicable": "U-VER",
    "mgmt-lateral-reachable": "U-VANT",
    "multi-channel-config-mismatch": "U-STATE",
    "peer-link-mgmt-reachable": "U-VANT",
    "pfcp-n4-exposed": "U-VANT",
    "ran-core-control-exposed": "U-VANT",
    "remote-file-transfer-client": "U-STATE",
    "running-startup-mismatch": "U-STATE",
    "sctp-sigtran-exposed": "U-VANT",
    "vpn-gateway-exposure": "U-VANT",
}
JUNOS_DECIDED = ("kev-cve-applicable", "running-startup-mismatch")
STAYS_UNKNOWN = {
    "cisco_iosxe": UNKNOWN
    | {
        "guestshell-enabled": "U-STATE",
        "kev-cve-applicable": "U-STATE",
        "onbox-script-undeclared": "U-STATE",
        "os-version-unexpected": "U-STATE",
        "rcommands-or-small-services": "U-DEF",
        "snmpv3-weak": "U-STATE",
        "tcl-script-artifacts": "U-STATE",
    },
    "juniper_junos": {check: code for check, code in UNKNOWN.items() if check not in JUNOS_DECIDED}
    | {"autoinstall-ztp-enabled": "U-DEF", "file-server-on-device": "U-DEF"},
}
"""What a configuration alone leaves open on a hardened edge: check -> code of the reason."""


def entries(platform: str) -> set[str]:
    """The catalogue entries that a configuration of the platform can show; interception itself has other tests."""
    text = files("auditor_checks").joinpath("data", "catalogue.tsv").read_text("utf-8")
    return {
        row["id"]
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
        if "config" in row["evidence"].split(",")
        and row["class"] not in ("li-provisioning", "li-delivery")
        and {"any", platform} & set(row["platforms"].split(","))
    }


def audit(folder: Path, edges: Mapping[str, Edge], authorised: Iterable[Edge] = ()) -> dict[str, Any]:
    """The run over an inventory of these edges; name of the file -> edge. Some have an authorised copy."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, declarations = [], []
    for name, edge in edges.items():
        platform = next(one for one in PLATFORMS if one.replace("_", "-") in edge.host)
        (folder / name).write_text(edge.text, "utf-8")
        (folder / f"{edge.host}.yaml").write_text(edge.declarations, "utf-8")
        declarations += ["--declarations", folder / f"{edge.host}.yaml"]
        rows.append(f"  - {{name: {edge.host}, platform: {platform}, role: pe, config: {name}}}\n")
    (folder / "inventory.yaml").write_text("schema: auditor/inventory/1\ndevices:\n" + "".join(rows), "utf-8")
    (folder / "indicators.txt").write_text(INDICATORS, "utf-8")
    (folder / "golden").mkdir(exist_ok=True)
    for edge in authorised:
        (folder / "golden" / f"{edge.host}.cfg").write_text(edge.text, "utf-8")
        declarations += ["--golden", folder / "golden"]
    words = ("audit", folder / "inventory.yaml", *declarations, "--iocs", folder / "indicators.txt")
    done = in_a_process(*words, "-o", folder / "report", "--format", "json", "--quiet", "--workers", "1", cwd=ROOT)
    assert done.returncode in (0, 1), done.stderr
    run: dict[str, Any] = json.loads((folder / "report" / "run.json").read_text("utf-8"))
    return run


def cited(finding: Mapping[str, Any]) -> set[int]:
    """The lines of a finding's evidence; an output of a session keeps the numbers of its file."""
    return {line for one in finding["evidence"] for line in range(one["line"], one["end_line"] + 1)}


def found_on(run: Mapping[str, Any], host: str) -> Iterator[Mapping[str, Any]]:
    return (one for one in run["findings"] if one["device"] == host)


def missed(run: Mapping[str, Any], edge: Edge) -> list[str]:
    """Plants whose line no finding of their check cites."""
    seen: dict[str, set[int]] = {}
    for one in found_on(run, edge.host):
        seen.setdefault(one["check"], set()).update(cited(one))
    return [f"{one.check}: {one.line}: {one.text}" for one in edge.plants if one.line not in seen.get(one.check, ())]


def unfounded(run: Mapping[str, Any], edge: Edge) -> list[str]:
    """Findings that cite no line that was written for their check."""
    lines: dict[str, set[int]] = {}
    for mark in edge.marks:
        lines.setdefault(mark.check, set()).add(mark.line)
    return [
        f"{one['severity']} {one['check']}: {one['message']}"
        for one in found_on(run, edge.host)
        if one["check"] in SHOWN
        and not cited(one) & lines.get(one["check"], set())
        and one["check"] not in (*PEERS, *COPIES)
        and not (one["severity"] == "info" and one["check"] in EXPLAINED)
    ]


@pytest.fixture(scope="module")
def planted() -> dict[str, Edge]:
    return {platform: provider_edge(platform, Variant.PLANTED, FEWEST) for platform in PLATFORMS}


@pytest.fixture(scope="module")
def intended() -> dict[str, Edge]:
    """The planted edges as they ought to be: the same customers, and the same keys."""
    return {platform: provider_edge(platform, Variant.HARDENED, FEWEST) for platform in PLATFORMS}


@pytest.fixture(scope="module")
def hardened() -> list[Edge]:
    return [provider_edge(platform, Variant.HARDENED, LINES, seed) for platform in PLATFORMS for seed in SOUND_PEERS]


@pytest.fixture(scope="module")
def estate(
    tmp_path_factory: pytest.TempPathFactory,
    planted: dict[str, Edge],
    hardened: list[Edge],
    intended: dict[str, Edge],
) -> dict[str, Any]:
    """Planted edges among sound peers of their role."""
    every = [*planted.values(), *hardened]
    return audit(tmp_path_factory.mktemp("estate"), {f"{edge.host}.cfg": edge for edge in every}, intended.values())


@pytest.fixture(scope="module")
def stripped() -> dict[str, Edge]:
    return {platform: provider_edge(platform, Variant.STRIPPED, LINES) for platform in PLATFORMS}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, stripped: dict[str, Edge]) -> dict[str, Any]:
    return audit(tmp_path_factory.mktemp("bare"), {f"{edge.host}.cfg": edge for edge in stripped.values()})


@pytest.fixture(scope="module")
def terminal(planted: dict[str, Edge], intended: dict[str, Edge]) -> Edge:
    return session(planted["cisco_iosxe"], intended["cisco_iosxe"])


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, terminal: Edge) -> dict[str, Any]:
    return audit(tmp_path_factory.mktemp("session"), {"session.log": terminal})


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_entry_is_planted_or_said_not_to_be(
    platform: str, planted: dict[str, Edge], stripped: dict[str, Edge], terminal: Edge
) -> None:
    edges = [planted[platform], stripped[platform], *([terminal] if platform == "cisco_iosxe" else [])]
    here = {mark.check for edge in edges for mark in edge.plants} | {
        "acl-unreferenced-or-changed",
        "config-drift-golden",
    }
    here |= {"running-startup-mismatch"} if platform == "cisco_iosxe" else set()
    assert entries(platform) - here == set(NOT_PLANTED[platform])
    assert here <= entries(platform)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_plant_is_found_at_its_line(platform: str, planted: dict[str, Edge], estate: dict[str, Any]) -> None:
    assert len(planted[platform].plants) > 100
    assert not missed(estate, planted[platform])


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_but_the_plants_is_found(platform: str, planted: dict[str, Edge], estate: dict[str, Any]) -> None:
    assert not unfounded(estate, planted[platform])


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_left_out_is_missed(platform: str, stripped: dict[str, Edge], bare: dict[str, Any]) -> None:
    assert stripped[platform].plants
    assert not missed(bare, stripped[platform])
    assert not unfounded(bare, stripped[platform])


def test_what_a_session_shows_beside_the_configuration_is_found(terminal: Edge, shown: dict[str, Any]) -> None:
    assert not missed(shown, terminal)
    assert not unfounded(shown, terminal)


LISTS = {
    "cisco_iosxe": {"20", "DEBUG-AUTH", "EVERY", "GRX-IN", "MGMT-IN", "TRANSIT-IN"},
    "juniper_junos": {"DIVERT-IN", "GRX-IN", "PROTECT-RE", "TRANSIT-IN"},
}
"""Access lists in which something is planted."""


def changed_lists(run: Mapping[str, Any], host: str, check: str) -> set[str]:
    messages = [one["message"] for one in found_on(run, host) if one["check"] == check]
    return {message.split()[2] for message in messages if message.startswith("acls: acl ")}


def test_what_differs_from_the_stored_configuration_is_told(terminal: Edge, shown: dict[str, Any]) -> None:
    found = [one for one in found_on(shown, terminal.host) if one["check"] == "running-startup-mismatch"]
    assert {one["severity"] for one in found} == {"high", "medium"}
    told = {line for one in found for line in cited(one)}
    accounts = [mark for mark in terminal.plants if mark.text.startswith("username ")]
    assert accounts
    assert not [mark for mark in accounts if mark.line not in told]
    assert changed_lists(shown, terminal.host, "running-startup-mismatch") == LISTS["cisco_iosxe"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_differs_from_the_authorised_copy_is_told(
    platform: str, planted: dict[str, Edge], estate: dict[str, Any]
) -> None:
    assert changed_lists(estate, planted[platform].host, "config-drift-golden") == LISTS[platform]


def test_a_hardened_edge_is_quiet(hardened: list[Edge], estate: dict[str, Any]) -> None:
    loud = [one for edge in hardened for one in found_on(estate, edge.host) if one["severity"] != "info"]
    assert not [(one["device"], one["check"], one["message"]) for one in loud]
    told = {one["check"] for edge in hardened for one in found_on(estate, edge.host)}
    assert told == set(EXPLAINED)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_open_on_a_hardened_edge_needs_other_evidence(
    platform: str, hardened: list[Edge], estate: dict[str, Any]
) -> None:
    for edge in hardened:
        if platform.replace("_", "-") in edge.host:
            cells = [one for one in estate["results"] if one["device"] == edge.host and one["check"] in SHOWN]
            open_ones = {one["check"]: one["reason"].split(":")[0] for one in cells if one["outcome"] == "unknown"}
            assert open_ones == STAYS_UNKNOWN[platform]
            assert not [one for one in cells if one["outcome"] == "error"]


def test_every_line_of_the_edges_is_read(estate: dict[str, Any], bare: dict[str, Any]) -> None:
    for device in (*estate["devices"], *bare["devices"]):
        assert device["status"] == "audited"
        assert not [one["unread_lines"] for one in device["documents"] if one["unread_lines"]]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_context_raises_the_severity(platform: str, planted: dict[str, Edge], estate: dict[str, Any]) -> None:
    critical = {one["check"] for one in found_on(estate, planted[platform].host) if one["severity"] == "critical"}
    assert set(COMBINED) <= critical


def test_lists_that_differ_from_the_peers_are_found(planted: dict[str, Edge], estate: dict[str, Any]) -> None:
    changed = [one for one in estate["findings"] if one["check"] == "acl-unreferenced-or-changed"]
    told = {one["subject"] for one in changed if one["severity"] == "medium"}
    assert {"list MGMT-IN: changed", "list PROTECT-RE: changed", "list TRANSIT-IN: changed"} <= told
    assert {one["device"] for one in changed} == {edge.host for edge in planted.values()}


def test_the_evidence_stands_where_it_is_cited(planted: dict[str, Edge], estate: dict[str, Any]) -> None:
    for edge in planted.values():
        lines = edge.text.split("\n")
        for one in found_on(estate, edge.host):
            for evidence in one["evidence"]:
                text = evidence["text"].split("\n")[0]
                if "<secret-" not in text and evidence["document"] == f"{edge.host}.cfg":
                    assert lines[evidence["line"] - 1].rstrip() == text.rstrip(), one["check"]


def test_the_same_seed_makes_the_same_edge() -> None:
    one, same, other = (provider_edge("cisco_iosxe", Variant.PLANTED, LINES, seed) for seed in (5, 5, 6))
    assert one == same
    assert one.text != other.text


@pytest.mark.parametrize("platform", PLATFORMS)
def test_edges_have_the_size_that_is_asked_for(platform: str) -> None:
    for wanted in (2_000, 20_000):
        lines = provider_edge(platform, Variant.HARDENED, wanted).text.count("\n")
        assert abs(lines - wanted) < 400


def test_the_checks_of_the_tables_are_known() -> None:
    known = set(load().checks)
    named = {check for table in (*NOT_PLANTED.values(), *STAYS_UNKNOWN.values()) for check in table}
    assert named | set(EXPLAINED) | set(COMBINED) | set(PEERS) <= known
