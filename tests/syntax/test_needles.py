"""What must be in a text for a pattern to match."""

import importlib
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.engine.packs import load
from auditor.syntax.mask import MaskRule, MaskRules
from auditor.syntax.needles import ignores_case, needles


def test_a_word_of_the_pattern() -> None:
    assert needles(re.compile(r"\bneighbor\s+\S+\s+remote-as\s+(\S+)"))[0] == ("remote-as",)


def test_of_all_that_must_be_there_the_two_longest_words() -> None:
    assert needles(re.compile(r"\bneighbor\s+\S+\s+key\s+password\s+(\S+)")) == (("neighbor",), ("password",))


def test_a_letter_out_of_few() -> None:
    assert needles(re.compile(r"\b(?:password|passwd)\s*[=:]\s*\S+")) == (("password", "passwd"), ("=", ":"))
    assert needles(re.compile(r"[abcdefgh]")) == ()
    assert needles(re.compile(r"[^=]")) == ()
    assert needles(re.compile(r"[a-c]")) == ()


def test_of_alternatives_one_word_each() -> None:
    assert set(needles(re.compile(r"\b(?:secret|session-key|token)\s"))[0]) == {"secret", "session-key", "token"}


def test_a_word_that_holds_another_one_adds_nothing() -> None:
    assert needles(re.compile(r"(?:local-password|password)\s")) == (("password",),)


def test_what_may_be_missing_is_no_word_to_look_for() -> None:
    assert needles(re.compile(r"(?:secret )?x")) == (("x",),)


def test_an_alternative_without_a_word_leaves_nothing_to_look_for() -> None:
    assert needles(re.compile(r"(?:secret|\d+)")) == ()


def test_a_refused_word_is_not_looked_for() -> None:
    assert needles(re.compile(r"(?!secret)\w+")) == ()


def test_letter_case() -> None:
    pattern = re.compile(r"(?i)SECRET\s")
    assert ignores_case(pattern)
    assert needles(pattern) == (("secret",),)
    assert needles(re.compile(r"(?i:SECRET)\s")) == ()


def _rules() -> list[MaskRule]:
    found = []
    for name in sorted(load().platforms):
        family = "cisco_ios" if name == "cisco_iosxe" else name
        module = importlib.import_module(f"auditor.platforms.{family}.secrets")
        found += [rule for value in vars(module).values() if isinstance(value, MaskRules) for rule in value.rules]
    return found


PATTERNS = list(dict.fromkeys(rule.pattern for rule in _rules()))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_match_of_every_rule_holds_a_word_of_each_choice(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    text = data.draw(st.from_regex(pattern))
    searched = text.lower() if ignores_case(pattern) else text
    for words in needles(pattern):
        assert pattern.search(text) is None or any(word in searched for word in words)
