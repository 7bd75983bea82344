"""Writes docs/platforms/<os>.md and docs/checks/<id>.md from the code, and one table of docs/lawful-intercept.md: `make docs`.

What a page says stands in the readers (docstrings of the topics, tables of defaults, reviewed lists of lines), in the
checks, and in their cases. Which test shows which requirement stands in the marks of the tests.
"""

import ast
import csv
import importlib
import inspect
import io
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from auditor.collect.sent import HEAD, rows, sent_to, when
from auditor.engine.packs import Packs, load
from auditor.model.check import Fix
from auditor.platforms.common.defaults import DefaultTable
from auditor.platforms.common.definition import PlatformDefinition
from auditor.platforms.common.reader import LineTable

PLATFORMS = Path(__file__).with_name("platforms")
CHECKS = Path(__file__).with_name("checks")
INTERCEPT = Path(__file__).with_name("lawful-intercept.md")
TESTS = Path(__file__).parents[1] / "tests"
CASES = TESTS / "checks"
REQUIREMENTS = {
    "R-LI-01": "Ordinary is the default; the LI-cleared run is an entry of its own, with credentials and output of its own",
    "R-LI-02": "Redaction of bytes before parsing, in every reader, also of damaged input; canaries in CI",
    "R-LI-03": "Forbidden commands and SNMP subtrees are enforced in the transport; a walk skips them",
    "R-LI-04": "No SNMP SET, change of authorisation, tapping request or X1 message is ever produced",
    "R-LI-05": "Non-interference: nothing ordinary depends on active intercepts",
    "R-LI-06": "Declared, undeclared, not declared at all; present, absent, not visible. Not visible is never absent",
    "R-LI-07": "Findings name no LI account, mediation address or row; counts and lines of class 3 only",
    "R-LI-08": "Sealed output: encrypted to the recipient, padded, signed, chained; no plain text on disk",
    "R-LI-09": "A register of keyed tokens; lists of unkeyed hashes are refused",
    "R-LI-10": "Captures of packets: no payload, inner address or identifier is kept",
    "R-LI-11": "Neutral wording",
    "R-LI-12": "Handling mark, `li_mode` in JSON; cleared results cannot be loaded by ordinary reports",
    "R-LI-13": "Text of class 1 in an input: dropped, and told to the custodian alone",
    "R-LI-14": "A notice to preserve evidence with findings of severity high and above",
    "R-LI-15": "The documentation says that the absence of interception cannot be proved",
}
"""The requirements of the lawful-intercept reference, section 5.10, in short."""
TOPICS = (
    "system", "accounts", "aaa", "access", "services", "snmp", "acls", "mirrors", "exporters", "tunnels", "crypto",
    "pseudowires", "forwarding", "logs", "onbox", "lifecycle", "interfaces", "routing", "control_plane", "telecom",
)  # fmt: skip
COLLECTION = Path(__file__).with_name("collection.md")
COMMANDS = Path(__file__).with_name("commands.csv")
PEERS = ("netmiko", "scrapli")
FIGURES = Path(__file__).with_name("sessions.json")
BEGIN = "<!-- generated from the platforms by `make docs`: do not edit below -->"
SHARED = {"cisco_iosxe": "cisco_ios"}
"""Platforms that are read by the package of another one."""


def main() -> None:
    """Write every page."""
    COLLECTION.write_text(collection_page(), "utf-8")
    COMMANDS.write_text(commands_table(), "utf-8")
    for folder, texts in ((PLATFORMS, pages()), (CHECKS, check_pages())):
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / f"{name}.md").write_text(text, "utf-8")

    INTERCEPT.write_text(intercept_page(), "utf-8")


def intercept_page() -> str:
    """The page about lawful intercept with the table as the tests' marks give it."""
    before, begin, rest = INTERCEPT.read_text("utf-8").partition("<!-- requirements -->\n")
    _, end, after = rest.partition("<!-- end of requirements -->")
    return f"{before}{begin}{requirements()}\n{end}{after}"


def requirements() -> str:
    """Requirement, what it asks for, and the tests that carry its mark."""
    found = marked_tests()
    rows = ["| requirement | asks for | tests |", "|---|---|---|"]
    for name, asks in REQUIREMENTS.items():
        tests = "<br>".join(f"`{test}`" for test in found.get(name, ()))
        rows.append(f"| {name} | {asks} | {tests or 'none yet'} |")
    return "\n".join(rows)


def marked_tests() -> dict[str, list[str]]:
    """Requirement -> tests with its mark, as `file::test`; a module whose every test carries it as the file alone."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        module = ast.parse(path.read_text("utf-8"))
        place = path.relative_to(TESTS.parent).as_posix()
        for statement in module.body:
            if isinstance(statement, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == "pytestmark" for target in statement.targets
            ):
                for name in _marks([statement.value]):
                    found.setdefault(name, []).append(place)
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for name in _marks(node.decorator_list):
                    found.setdefault(name, []).append(f"{place}::{node.name}")
    return found


def _marks(expressions: list[ast.expr]) -> list[str]:
    """The requirements that `pytest.mark.requirement("...")` names in these expressions."""
    return [
        argument.value
        for expression in expressions
        for call in ast.walk(expression)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "requirement"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def collection_page() -> str:
    """The page of collection: its own words, and from the code what is sent to each platform."""
    own = COLLECTION.read_text("utf-8").partition(BEGIN)[0].rstrip()
    parts = [own, BEGIN, *_figures(), "## What is sent to each platform"]
    for name, definition in load().platforms.items():
        ways = ", then ".join(f"`{way}`" for way in definition.transports)
        parts.append(f"### {name}\n\nWays: {ways}.")
        listed = [row for row in sent_to(definition) if row[0] != "snmp"]
        lines = [
            f"| {channel} | `{_cell(sent)}` | {document} | {when(channel, document)} |"
            for channel, sent, document in listed
        ]
        parts.append("\n".join(("| channel | sent | document | when |", "|---|---|---|---|", *lines)))
    listed = [row for row in sent_to(next(iter(load().platforms.values()))) if row[0] == "snmp"]
    lines = [f"| `{sent}` | {document} |" for _, sent, document in listed]
    parts.append("### SNMP, on every platform\n\n" + "\n".join(("| sent | document |", "|---|---|", *lines)))
    return "\n\n".join(parts) + "\n"


def _figures() -> Iterator[str]:
    """What `python -m benchmarks sessions` measured: the cost of a session, then the sessions with traps."""
    measured = json.loads(FIGURES.read_text("utf-8"))
    yield "## Figures\n\n" + (
        "Written by `python -m benchmarks sessions --json docs/sessions.json` on two cores that were shared with other work: "
        "differences below 1.5 times mean nothing. Two documents a session; CPU is the client's, in milliseconds."
    )
    head = (
        "| engine | at once | sessions | wrong | missing | CPU a session | seconds | MB |",
        "|---|---|---|---|---|---|---|---|",
    )
    plain = [one for one in measured if "cpu_ms" in one and one["trap"] == "NONE"]
    yield "\n".join((*head, *(_figure(one, [one["engine"], one["at_once"], one["sessions"]]) for one in plain)))
    trapped = [one for one in measured if "cpu_ms" not in one or one["trap"] != "NONE"]
    yield (
        "With traps, in the form of every platform (what each trap does: `tests/collect/trap_*.py`, `netconf_server.py`, "
        "`snmp_agent.py`): `python -m benchmarks traps --json docs/sessions.json`, at 1, 20 and 100 at once together. A cell is "
        "`wrong` / not collected / documents. `wrong` is a document that differs from what the device has; where a star "
        "stands the trap does no harm to this way, and nothing may be missing (`lost` counts it). Two documents a session; six over SNMP. The peers' figures are of "
        "`python -m benchmarks sessions --traps`, in the form of IOS."
    )
    engines = list(dict.fromkeys(one["engine"] for one in trapped))
    yield "\n".join(_sums(trapped, engine) for engine in engines)
    for kinds in _tables(trapped, engines):
        yield _trap_table(trapped, kinds)


def _sums(trapped: list[dict[str, Any]], engine: str) -> str:
    mine = [one for one in trapped if one["engine"] == engine]
    sessions, wrong = (sum(one[what] for one in mine) for what in ("sessions", "wrong"))
    lost = f", {sum(one['lost'] for one in mine):.0f} lost" if all("lost" in one for one in mine) else ""
    return f"- {engine}: {sessions:.0f} sessions, {wrong:.0f} wrong{lost}"


def _tables(trapped: list[dict[str, Any]], engines: list[str]) -> Iterator[list[str]]:
    """Engines with traps in common stand in one table."""
    left = list(engines)
    while left:
        traps = {one["trap"] for one in trapped if one["engine"] == left[0]}
        alike = [
            one
            for one in left
            if len(traps & {each["trap"] for each in trapped if each["engine"] == one}) > len(traps) / 2
        ]
        kinds = [one for one in left if one in alike or (len(alike) > 1 and one in PEERS)]
        yield kinds
        left = [one for one in left if one not in kinds]


def _trap_table(trapped: list[dict[str, Any]], engines: list[str]) -> str:
    shown = [one for one in trapped if one["engine"] in engines]
    lines = []
    for trap in sorted({one["trap"] for one in shown}):
        runs = [[one for one in shown if (one["trap"], one["engine"]) == (trap, engine)] for engine in engines]
        lines.append(f"| {trap.lower().replace('_', ' ')} | " + " | ".join(map(_trapped, runs)) + " |")
    return "\n".join((f"| trap | {' | '.join(engines)} |", "|---" * (len(engines) + 1) + "|", *lines))


def _figure(one: dict[str, Any], first: list[object]) -> str:
    rest = [
        f"{one['wrong']:.0f}",
        f"{one['missing']:.0f}",
        f"{one['cpu_ms']:.1f}",
        f"{one['seconds']:.1f}",
        f"{one['mb']:.0f}",
    ]
    return "| " + " | ".join(map(str, [*first, *rest])) + " |"


def _trapped(runs: list[dict[str, Any]]) -> str:
    if not runs:
        return ""
    documents = sum(one.get("documents", 2 * one["sessions"]) for one in runs)
    wrong, missing = (sum(one[what] for one in runs) for what in ("wrong", "missing"))
    star = " *" if any(one.get("sound") for one in runs) else ""
    return f"{wrong:.0f} / {missing:.0f} / {documents:.0f}{star}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def commands_table() -> str:
    """The same for a spreadsheet: docs/commands.csv."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(row for definition in load().platforms.values() for row in rows(definition))
    return table.getvalue()


def pages() -> dict[str, str]:
    """The pages by name of platform."""
    return {name: page(definition) for name, definition in load().platforms.items()}


def check_pages() -> dict[str, str]:
    """The pages by id of check."""
    packs = load()
    return {check_id: check_page(packs, check_id) for check_id in packs.checks}


def check_page(packs: Packs, check_id: str) -> str:
    """The page of one check: what, why, how it is decided, when it is wrong, fixes, cases."""
    meta = packs.checks[check_id].meta
    entry = packs.catalogue.get(check_id)
    parts = [
        f"# {check_id}",
        f"**{meta.title}**",
        f"Class {meta.check_class}, severity {meta.severity.label}, kind {meta.kind}; read from {', '.join(meta.evidence)}."
        + (f" Former names: {', '.join(entry.aliases)}." if entry and entry.aliases else ""),
        f"Platforms: {', '.join(sorted(meta.platforms))}.",
        "Generated by `make docs` from the check; do not edit.",
        f"## Why it matters\n\n{meta.why}",
        f"## How it is decided\n\n{meta.decided}",
        f"## When it is wrong\n\n{meta.false_positives}" if meta.false_positives else "",
        "A sign of intrusion: save configuration, logs and volatile state before anything is changed."
        if meta.preserve
        else "",
        "\n".join(f"- Not on {name}: {reason}" for name, reason in sorted(meta.not_on.items())),
        "\n".join(f"- Not decided on {name}: {reason}" for name, reason in sorted(meta.unseen.items())),
        "## Fix",
        *(_fix(name, fix) for name, fix in sorted(meta.fix.items())),
        "## Examples",
        *_examples(check_id),
        "## Guidance that it answers" if _guidance(packs, check_id) else "",
        _guidance(packs, check_id),
        "## References",
        "\n".join(f"- {one.title}" + (f" <{one.url}>" if one.url else "") for one in meta.references),
        f"MITRE ATT&CK: {', '.join(meta.attack)}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _fix(platform: str, fix: Fix) -> str:
    text = f"### {platform}\n\n```\n{fix.commands}\n```"
    text += f"\n\nCaution: {fix.caution}" if fix.caution else ""
    return text + (f"\n\nVerify: `{fix.verify}`" if fix.verify else "")


def _examples(check_id: str) -> Iterator[str]:
    """The first firing and the first clean case."""
    path = next(CASES.rglob(f"{check_id}.yaml"))
    content = yaml.safe_load(path.read_text("utf-8"))
    cases = [case for case in content.get("cases", []) if "config" in case]
    for pair in content.get("pairs", []):
        cases += [
            {"name": "found", "platform": pair["platform"], "config": pair["bad"], "flags": pair["flags"]},
            {"name": "clean", "platform": pair["platform"], "config": pair["good"], "flags": []},
        ]
    for firing in (True, False):
        case = next((one for one in cases if bool(one["flags"]) is firing), None)
        if case is not None:
            flagged = "".join(f"\n- `{line}`" for line in case["flags"])
            verdict = f"Found:\n{flagged}" if firing else "Nothing is found."
            yield f"{case['name']} ({case['platform']}):\n\n```\n{case['config'].rstrip()}\n```\n\n{verdict}"


def _guidance(packs: Packs, check_id: str) -> str:
    return "\n".join(
        f"- {item.document} {item.number}: {item.text}" for item in packs.guidance if check_id in item.checks
    )


def page(definition: PlatformDefinition) -> str:
    """The page of one platform."""
    package = f"auditor.platforms.{SHARED.get(definition.name, definition.name)}"
    parts = [
        f"# {definition.name}",
        _paragraphs(importlib.import_module(f"auditor.platforms.{definition.name}").__doc__),
        "Generated by `make docs` from the reader; do not edit.",
        "## What is sent to a device",
        "\n".join(f"- `{command.send[0]}` → {command.document}" for command in definition.commands) or "Nothing.",
        "## What is read",
        *_topics(package),
        "## What an absent line means",
        _defaults(package),
        "## Lines that are known not to matter",
        _irrelevant(package),
        "## What is knowingly not read",
        _not_read(package),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _topics(package: str) -> Iterator[str]:
    names = {module.name for module in pkgutil.iter_modules(importlib.import_module(package).__path__)}
    for topic in TOPICS:
        if topic in names:
            module = importlib.import_module(f"{package}.{topic}")
            yield f"### {topic.replace('_', ' ')}"
            yield _paragraphs(module.__doc__)
            yield "\n".join(f"- {text}" for text in _functions(module))


def _functions(module: ModuleType) -> Iterator[str]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and function.__doc__ and "`" in function.__doc__:
            yield f"{name.strip('_').replace('_', ' ')}: {' '.join(function.__doc__.split())}"


def _defaults(package: str) -> str:
    table = getattr(importlib.import_module(f"{package}.defaults"), "TABLE", None)
    if not isinstance(table, DefaultTable) or not table.claims:
        return "Nothing is claimed: whatever is not written is unknown."
    rows = ["| absent statement | means | releases | source |", "|---|---|---|---|"]
    rows += [
        f"| `{_cell(claim.statement)}` | {_cell(str(claim.value))} | {claim.releases} | {_cell(claim.cite)} |"
        for claim in table.claims
    ]
    return "\n".join(rows) + "\n\nEvery other absent line is unknown."


def _irrelevant(package: str) -> str:
    table = getattr(importlib.import_module(f"{package}.lines"), "TABLE", None)
    if not isinstance(table, LineTable):
        return "Nothing."
    return "\n".join(f"- {reason}: {len(patterns)} patterns" for reason, patterns in table.reasons.items())


def _not_read(package: str) -> str:
    listed = getattr(importlib.import_module(f"{package}.lines"), "NOT_READ", ())
    return "\n".join(f"- {what}: {why}" for what, why in listed) or "Nothing that is known."


def _paragraphs(text: str | None) -> str:
    return inspect.cleandoc(text or "")


if __name__ == "__main__":
    main()
