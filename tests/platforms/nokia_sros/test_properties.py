"""Nothing that a file may look like stops the reader; what does not matter to the system does not matter to the facts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model.areas import Area
from auditor.model.evidence import Known
from auditor.platforms.common.definition import Reading
from tests.platforms.golden import plain
from tests.platforms.nokia_sros import device
from tests.platforms.nokia_sros.sros import classic, flat, md, read
from tests.platforms.nokia_sros.test_forms import bare, sort

FORMS = {
    "blocks": md(device.MD),
    "classic": classic(device.CLASSIC),
    "flat": flat(device.flat_lines()),
    "netconf": device.xml(),
}
LINES = {form: text.split("\n") for form, text in FORMS.items()}
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
forms = st.sampled_from(sorted(FORMS))


def sound(reading: Reading) -> None:
    """Every area is there or missing with a reason, and every line is accounted for."""
    found = reading.facts
    for area in set(Area) - {Area.STATE}:
        assert (area in found.areas) != (area in found.missing)
    for coverage in found.coverage:
        lost = len({number for source in coverage.unread for number in range(source.line, source.end_line + 1)})
        assert coverage.lines == coverage.understood + coverage.irrelevant + lost


def content(text: str) -> object:
    found = read(text).facts
    return sort([bare(plain(value)) for _, value in sorted(found.areas.items())])


@QUICK
@given(forms, st.integers(0, 20_000))
def test_cut_anywhere(form: str, at: int) -> None:
    text = FORMS[form]
    found = read(text[: at % (len(text) + 1)])
    sound(found)


@QUICK
@given(forms, st.integers(0, 1000), st.booleans())
def test_a_line_dropped_or_doubled(form: str, at: int, double: bool) -> None:
    lines = list(LINES[form])
    index = at % len(lines)
    lines[index : index + 1] = [lines[index]] * 2 if double else []
    sound(read("\n".join(lines)))


@QUICK
@given(forms, st.integers(0, 1000), st.text(alphabet='ab {}[]"<>\\#/\t\0é;', max_size=30))
def test_rubbish_inside(form: str, at: int, rubbish: str) -> None:
    lines = list(LINES[form])
    lines.insert(at % len(lines), rubbish)
    sound(read("\n".join(lines)))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(text: bytes) -> None:
    sound(read(text))
    sound(read(b"configure {\n" + text))
    sound(read(b"exit all\nconfigure\n    system\n" + text))
    sound(read(b"<configure>\n" + text))
    sound(read("configure {\n}\n", bof=text.decode("latin-1")))


@QUICK
@given(st.integers(0, 8), st.sampled_from(["", " ", "\t", "   "]))
def test_blocks_may_be_indented_at_will(step: int, tail: str) -> None:
    lines = [" " * (step * (len(line) - len(line.lstrip())) // 4) + line.strip() + tail for line in LINES["blocks"]]
    assert content("\n".join(lines)) == content(FORMS["blocks"])


@pytest.mark.parametrize("step", [1, 2, 3, 8])
def test_the_classic_form_with_another_step(step: int) -> None:
    lines = [" " * ((len(line) - len(line.lstrip())) // 4 * step) + line.lstrip() for line in LINES["classic"]]
    assert content("\n".join(lines)) == content(FORMS["classic"])


@pytest.mark.parametrize("form", FORMS)
def test_line_ends_do_not_matter(form: str) -> None:
    assert content(FORMS[form].replace("\n", "\r\n")) == content(FORMS[form])


@QUICK
@given(st.randoms())
def test_flat_lines_in_any_order(random: object) -> None:
    """Objects are told by their names, so the order of their statements does not matter (values of lists aside)."""
    head, *body = FORMS["flat"].strip().split("\n")
    lines = body[:-1]
    random.shuffle(lines)  # type: ignore[attr-defined]
    assert content("\n".join([head, *lines, body[-1], ""])) == content(FORMS["flat"])


@pytest.mark.parametrize("form", FORMS)
def test_the_same_document_gives_the_same_facts(form: str) -> None:
    assert read(FORMS[form]).facts == read(FORMS[form]).facts
    assert isinstance(read(FORMS[form]).facts.complete, Known)
