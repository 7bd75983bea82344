"""XML to items: values, attributes, lines, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.syntax import xmlitems
from auditor.syntax.items import DEEPEST
from tests import growth

TEXT = """<?xml version="1.0"?>
<!-- by a person -->
<rpc-reply xmlns:nc="urn:x" nc:message-id="7">
    <nc:configuration junos:changed="yes" xmlns:junos="j">
        <a>  one &amp; two  </a>
        <b/>
        <c kind='x"y'>
            <d>1</d>
            <d><![CDATA[2 < 3]]></d>
        </c>
        <long>first
second</long>
    </nc:configuration>
</rpc-reply>
"""


def test_values_attributes_and_lines() -> None:
    root, fault = xmlitems.parse(TEXT.splitlines())
    assert fault == ""
    reply = root.children[0]
    assert (reply.name, reply.line, reply.end, reply.attributes["message-id"]) == ("rpc-reply", 3, 14, "7")
    body = reply.children[0]
    assert (body.name, body.attributes["changed"]) == ("configuration", "yes")
    assert [(item.name, item.value, item.line, item.end) for item in body.children] == [
        ("a", "one & two", 5, 5),
        ("b", "", 6, 6),
        ("c", "", 7, 10),
        ("long", "first\nsecond", 11, 12),
    ]
    third = body.children[2]
    assert third.attributes == {"kind": 'x"y'}
    assert [(item.value, item.line) for item in third.children] == [("1", 8), ("2 < 3", 9)]
    assert third.text("d") == "1"
    assert third.text("none") == ""
    assert third.child("none") is None


def test_text_between_elements_is_no_value() -> None:
    root, fault = xmlitems.parse(["<a>words<b>1</b>more</a>"])
    assert (fault, root.children[0].value, root.children[0].text("b")) == ("", "", "1")


def test_it_begins_where_it_is_told_to() -> None:
    root, fault = xmlitems.parse(["admin@r1> show", "", "<a>", "<b>1</b>", "</a>"], 2)
    assert fault == ""
    assert (root.children[0].line, root.children[0].children[0].line, root.children[0].end) == (3, 4, 5)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a>\n<a/>",
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">\n<a/>',
        '<!DOCTYPE a [<!ENTITY e "x">]>\n<a>&e;</a>',
        '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://x/">%e;]>\n<a/>',
    ],
)
def test_document_types_and_entities_are_refused(text: str) -> None:
    root, fault = xmlitems.parse(text.splitlines())
    assert "document type or entity" in fault
    assert root.children == []


def test_unknown_entities_are_a_fault() -> None:
    root, fault = xmlitems.parse(["<a>", "<b>1</b>", "<c>&none;</c>", "</a>"])
    assert fault == "line 3: not well-formed XML"
    assert root.children[0].text("b") == "1"


def test_nesting_has_a_limit() -> None:
    deep = DEEPEST + 50
    root, fault = xmlitems.parse(["<a>" * deep + "</a>" * deep])
    assert "nested deeper" in fault
    depth = 0
    item = root
    while item.children:
        item, depth = item.children[0], depth + 1
    assert depth == DEEPEST
    assert xmlitems.parse(["<a>" * DEEPEST + "</a>" * DEEPEST])[1] == ""


@pytest.mark.parametrize("cut", range(len(TEXT.rstrip())))
def test_a_text_that_is_cut_anywhere_is_a_fault(cut: int) -> None:
    root, fault = xmlitems.parse(TEXT[:cut].split("\n"))
    assert fault
    whole, _ = xmlitems.parse(TEXT.split("\n"))
    known = {(item.name, item.line) for item in whole.walk()}
    assert {(item.name, item.line) for item in root.walk()} <= known


@given(st.text(alphabet='<>/ab "=&;!-[]\n', max_size=80))
def test_any_text_ends(text: str) -> None:
    lines = text.split("\n")
    root, _ = xmlitems.parse(lines)
    assert all(1 <= item.line <= len(lines) for item in root.walk())


@pytest.mark.parametrize("text", ["", "\ufffd", "\\x00", "<a>\x00</a>", "<a></b>", "<a/><b/>"])
def test_broken_texts(text: str) -> None:
    assert xmlitems.parse([text])[1]


def test_time_is_linear() -> None:
    def cost(count: int) -> int:
        lines = ["<a>", *['<b x="1"><c>value</c></b>'] * count, "</a>"]
        assert len(xmlitems.parse(lines)[0].children[0].children) == count
        return growth.steps(lambda: xmlitems.parse(lines))

    assert cost(4_000) < 12 * cost(400)
    assert growth.ends(lambda: cost(40_000))


def test_many_attributes_and_long_lines() -> None:
    words = " ".join(f'a{number}="{number}"' for number in range(2000))
    root, fault = xmlitems.parse([f"<a {words}>{'x' * 1_000_000}</a>"])
    assert fault == ""
    assert (len(root.children[0].attributes), len(root.children[0].value)) == (2000, 1_000_000)
