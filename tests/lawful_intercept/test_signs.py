"""The quick look before a rule of redaction never keeps the rule from something that it would drop."""

from __future__ import annotations

from itertools import product

import pytest

from auditor.platforms.nokia_sros import redaction as sros
from auditor.platforms.redaction import forbidden, li_words, redaction
from auditor.platforms.redaction.redaction import RULES, Rule
from auditor.platforms.redaction.signs import Held, Signs
from tests.lawful_intercept import pairs

pytestmark = pytest.mark.requirement("R-LI-02")

PARTED = ("-", "_", " ")
LABELS = (
    *("liid", "li-id", "warrant", "wiretap", "interception of", "targetidentifier", "target identifiers"),
    *(f"lawful{mark}intercept" for mark in PARTED),
    *(f"{word}{mark}target" for word, mark in product(("li", "tap", "intercept"), PARTED)),
    *(f"target{mark}identifier" for mark in PARTED),
    *(f"x1{mark}task" for mark in PARTED),
    *(f"intercepted{mark}msisdn" for mark in PARTED),
)
ATTRIBUTES = (
    *(
        "intercept-id",
        "li-action",
        "md-ip-addr",
        "md-ipaddress",
        "md-port-number",
        "Med-Dev-Handle",
        "Med-Ip-Address",
        "Med-Port-Number",
        "Alc-LI-Destination",
    ),
    *("HW-LI-Id", "LI-Md-Address", "LI-Action", "LI-Profile", "Lawful-Intercept-Status"),
)
ELEMENTS = (
    *("X1Request", "x1RequestMessage", "listOfTargetIdentifiers", "targetIdentifier", "hashedIdentifier", "liid"),
    *("xId", "listOfXIDs", "dId", "listOfDIDs", "taskDetails", "li-source", "li-filter", "li-ip-filter"),
    *("li-ipv6-filter", "li-mac-filter", "intercept-id"),
)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.signs], ids=lambda rule: rule.name)
def test_what_a_rule_drops_holds_one_of_its_signs(rule: Rule) -> None:
    """Of every text with something to drop in it, in the words of every platform."""
    dropped = 0
    for pair in (*pairs.configurations(), *pairs.documents()):
        for text in (pair.within, pair.within.upper(), pair.within.lower()):
            if rule.drop(text) != text:
                dropped += 1
                assert any(sign in text.lower() for sign in rule.signs), pair.rule
    assert dropped


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.drop is not sros.torn], ids=lambda rule: rule.name)
def test_what_a_rule_drops_holds_a_word_of_interception(rule: Rule) -> None:
    """Without one no form of a text is looked into, and of one with a number or a time before its lines nothing would be seen.

    Only a user in whom the text ends may be anybody.
    """
    for pair in (*pairs.configurations(), *pairs.documents()):
        assert rule.drop(pair.within) == pair.within or li_words.concerned(pair.within), pair.name


@pytest.mark.parametrize("command", list(filter(forbidden.shows_intercepts, forbidden.COMMANDS)))
def test_an_output_is_dropped_with_its_command_whatever_stands_before_the_lines(command: str) -> None:
    said = (f"A:r1# {command}", "seen 4915112345678", "A:r1# show version", "TiMOS-C-23.10.R1", "A:r1#")
    for framed in ("{line}", "[09:12:0{number}] {line}", "{number}: {line}"):
        text = "".join(framed.format(line=line, number=number) + "\n" for number, line in enumerate(said, 1)).encode()
        redaction.forget()
        assert b"4915112345678" not in redaction.redact(text), framed


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("spelled", [str.lower, str.upper, str.title])
def test_every_spelling_of_a_label_is_dropped_with_its_line(label: str, spelled) -> None:
    text = f"interface Vlan1\n description {spelled(label)} 4915112345678\n".encode()
    assert b"4915112345678" not in redaction.redact(text)


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_attribute_is_dropped(attribute: str) -> None:
    assert redaction.redact(f"  {attribute} = 4711\n".encode()) == b""
    for before in ("", "RADIUS:   ", "*Nov 24 09:15:02.481: RADIUS(0000002A): "):
        assert b"4711" not in redaction.redact(f'{before}Cisco-AVPair = "{attribute}=4711"\n'.encode())


@pytest.mark.parametrize("attribute", ATTRIBUTES)
@pytest.mark.parametrize(
    "statement", ["username x privilege 15 secret", "tacacs server RADIUS:", "ip route 0.0.0.0 0.0.0.0 Null0 name"]
)
def test_a_statement_with_such_a_word_stays(statement: str, attribute: str) -> None:
    text = f"{statement} {attribute}=4711\n".encode()
    assert redaction.redact(text) == text


@pytest.mark.parametrize("inside", ["<{0}>4711</{0}>", '<{0} a="b">4711</{0}>', '<{0} a="b">4711', "<{0} a='b'"])
@pytest.mark.parametrize("element", ELEMENTS)
def test_every_element_is_dropped(element: str, inside: str) -> None:
    assert b"4711" not in redaction.redact(b"<a>\n" + inside.format(element).encode())
    assert element.encode() not in redaction.redact(b"<a>\n" + inside.format(element).encode())


def test_a_longer_word_is_looked_for_where_the_shorter_one_stands_alone() -> None:
    holds = Signs((b"tap", b"flow-tap", b"x-flow-tap")).of(b"a TAP, Flow-Tap")
    assert [holds(word) for word in (b"x-flow-tap", b"flow-tap", b"tap", b"never told of")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_word_is_found_among_lines_that_differ_in_numbers_alone() -> None:
    lines = [f"interface {number} xe-{number}" for number in range(50)]
    holds = Signs((b"x1", b"tap 7", b"7", b"xe-4")).of("\n".join([*lines, "interface 7 tap 71", "x 1"]).encode())
    assert [holds(word) for word in (b"x1", b"tap 7", b"7", b"xe-4")] == [False, True, True, True]


def test_lines_that_hold_words_come_in_order_and_once() -> None:
    text = b"first TAP\n\nsecond line\ntap and Tap 12 again\nno\nlast tap"
    assert [text[start:stop] for start, stop in Held(text).lines((b"again", b"tap", b"tap 13", b"never"))] == [
        b"first TAP\n",
        b"tap and Tap 12 again\n",
        b"last tap",
    ]
