"""What holds for the reader of every platform, shown on real configurations and on those of the benchmarks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.engine.packs import load
from auditor.model.areas import Area
from auditor.model.evidence import Unknown
from auditor.model.facts import Facts
from auditor.platforms.common.definition import PlatformDefinition
from auditor.platforms.common.reader import UNDERSTOOD, UNREAD
from benchmarks.configurations import EDGES, provider_edge
from tests.platforms.golden import plain, read

DEMO = Path(__file__).parents[2] / "inventories" / "demo"
CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus") / "configs"
PLATFORMS = load().platforms
LARGEST = 60_000
EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def samples(name: str) -> list[bytes]:
    """Configurations of a platform, none of them so large that reading it often takes long."""
    devices = yaml.safe_load((DEMO / "inventory.yaml").read_text("utf-8"))["devices"]
    demo = [(DEMO / one["config"]).read_bytes() for one in devices if one["platform"] == name]
    made = [provider_edge(150, edge).encode() for edge in EDGES if edge.removesuffix("_set") == name]
    real = [path.read_bytes() for path in sorted((CORPUS / name).glob("*")) if path.stat().st_size < LARGEST]
    return made + demo + real


SAMPLES = {name: samples(name) for name in PLATFORMS}


def accounted(facts: Facts) -> Facts:
    """The facts, after a look at what every reading owes."""
    assert set(facts.areas) | set(facts.missing) | {Area.STATE} == set(Area)
    for document in facts.coverage:
        unread = sum(source.end_line - source.line + 1 for source in document.unread)
        assert document.lines == document.understood + document.irrelevant + unread
        if document.lines:
            # A comment that names the release is marked as understood, and counts as irrelevant (EOS).
            assert (len(document.marks), document.marks.count(UNREAD)) == (document.lines, unread)
            assert document.marks.count(UNDERSTOOD) >= document.understood
    return facts


def said(facts: Facts) -> dict[str, object]:
    """What the facts say, without the lines at which it stands."""
    return {area: _without_lines(plain(filled)) for area, filled in sorted(facts.areas.items())}


def _without_lines(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_lines(inner) for key, inner in value.items() if key != "at" and not _is_line(key, inner)}
    if isinstance(value, list):
        return [_without_lines(inner) for inner in value]
    return value


def _is_line(key: str, value: object) -> bool:
    return key.endswith(("source", "sources", "bound", "vantage")) and not isinstance(value, str)


@pytest.fixture(params=sorted(PLATFORMS))
def definition(request: pytest.FixtureRequest) -> PlatformDefinition:
    return PLATFORMS[request.param]


@EXAMPLES
@given(data=st.data())
def test_cut_anywhere(definition: PlatformDefinition, data: st.DataObject) -> None:
    """A part of a configuration is read, and is no whole one where its end is missing."""
    text = data.draw(st.sampled_from(SAMPLES[definition.name]))
    accounted(read(definition, text[: data.draw(st.integers(0, len(text)))]))
    accounted(read(definition, text[data.draw(st.integers(0, len(text))) :]))


@EXAMPLES
@given(data=st.data())
def test_lines_dropped_doubled_and_indented_otherwise(definition: PlatformDefinition, data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(SAMPLES[definition.name])).split(b"\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "indent", "nul", "cut"])):
            case "drop" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "indent":
                lines[at] = b" " * data.draw(st.integers(0, 9)) + lines[at].lstrip()
            case "nul":
                lines[at] += b"\0"
            case _:
                lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
    accounted(read(definition, b"\n".join(lines)))


def test_line_ends_change_nothing(definition: PlatformDefinition) -> None:
    """The line ends of another system say nothing (parsing trap 1)."""
    for text in SAMPLES[definition.name][:6]:
        unix = text.replace(b"\r\n", b"\n")
        changed = accounted(read(definition, unix.replace(b"\n", b"\r\n")))
        assert said(changed) == said(read(definition, unix))


def test_nothing_is_known_of_nothing(definition: PlatformDefinition) -> None:
    facts = read(definition, b"")
    assert isinstance(facts.complete, Unknown)
    assert facts.hostname == ""


def test_a_provider_edge_is_read_without_a_rest(definition: PlatformDefinition) -> None:
    """What the benchmarks read is understood, so that their figures mean something."""
    made = [edge for edge in EDGES if edge.removesuffix("_set") == definition.name]
    for edge in made:
        facts = read(definition, provider_edge(300, edge).encode())
        assert [source.text for document in facts.coverage for source in document.unread] == []
        assert facts.hostname == "pe-bench"
