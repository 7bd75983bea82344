"""Real configurations, whole and damaged, with and without intercepts: the same of everything that is written and shown."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from auditor.platforms.redaction import custodian
from tests.lawful_intercept import real
from tests.lawful_intercept.conftest import Shell
from tests.lawful_intercept.test_non_interference import FORMATS, alike, files

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
COUNT = 56
SEED = 20_261_127

pytestmark = [
    pytest.mark.requirement("R-LI-02"),
    pytest.mark.requirement("R-LI-05"),
    pytest.mark.skipif(not (CORPUS / "configs").is_dir(), reason="the corpus of real configurations is not here"),
]


def test_nothing_tells_of_an_intercept_in_a_real_configuration(shell: Shell, tmp_path: Path) -> None:
    """Every format, the messages of a talkative run, coverage, reports made anew, and a comparison with the authorised copies."""
    found = list(real.made(CORPUS, COUNT, SEED))
    assert {one.platform for one in found} == set(real.STATEMENTS)
    assert {one.damage for one in found} == set(real.DAMAGE)
    assert all(value.encode() in one.within for one in found for value in one.drawn)
    (tmp_path / "authorised").mkdir()
    for one in found:
        (tmp_path / "authorised" / one.name).write_bytes(one.without)
    said = []
    for within in (False, True):
        folder = tmp_path / str(within)
        (folder / "in").mkdir(parents=True)
        for one in found:
            (folder / "in" / one.name).write_bytes(one.within if within else one.without)
        said.append(
            [
                shell.call(folder, "audit", "in", "-o", "out", "--format", FORMATS, "--golden", "../authorised", "--workers", "1", "-vv"),
                shell.call(folder, "report", "out/run.json", "-o", "again", "--format", FORMATS),
                shell.call(folder, "coverage", "in"),
            ]
        )  # fmt: skip
    assert said[0] == said[1]
    assert [code for code, _, _ in said[0]] == [3, 0, 0]
    outputs = [
        {name: text for name, text in files(tmp_path / str(within)).items() if not name.startswith("in/")}
        for within in (False, True)
    ]
    assert len(outputs[0]) > COUNT and not alike(*outputs)
    planted = re.compile("|".join(re.escape(value) for one in found for value in one.drawn))
    shown = [text for _, out, err in said[1] for text in (out, err)]
    shown += [text.decode("utf-8", "replace") for text in outputs[1].values()]
    shown += [custodian.notice_file().read_text("utf-8")]
    assert not [match[0] for text in shown if (match := planted.search(text))]
