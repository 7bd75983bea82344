"""The text form and the JSON form of one configuration give the same facts."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from auditor.model.areas import Area
from auditor.model.evidence import Known, Source
from auditor.model.facts import Facts
from tests.platforms.arista_eos.eos import HEADER, as_json, read
from tests.platforms.arista_eos.samples import SAMPLE


def bare(value: Any) -> Any:
    """A fact without the lines it stands at."""
    if isinstance(value, Known):
        return bare(value.value)
    if isinstance(value, tuple):
        return [bare(one) for one in value if not isinstance(one, Source)]
    if isinstance(value, msgspec.Struct):
        found = {name: getattr(value, name) for name in value.__struct_fields__}
        return {name: bare(one) for name, one in found.items() if not isinstance(one, Source) and name != "reason"}
    return value


def facts_of(facts: Facts) -> dict[str, Any]:
    return {area: bare(found) for area, found in facts.areas.items()}


FORMS = {
    "pretty": as_json(SAMPLE),
    "compact": as_json(SAMPLE, indent=None),
    "eapi": json.dumps({"jsonrpc": "2.0", "id": 1, "result": [{}, json.loads(as_json(SAMPLE))]}, indent=1),
    "results": json.dumps([{"modelName": "DCS-7280SR3-48YC8", "version": "4.30.1F"}, json.loads(as_json(SAMPLE))]),
    "text in eapi": json.dumps({"result": [{"output": SAMPLE}]}),
    "after a prompt": "r1#show running-config | json\n" + as_json(SAMPLE) + "\nr1#\n",
    "null as text": as_json(SAMPLE).replace(": null", ': "null"'),
}
PLAIN = facts_of(read(SAMPLE).facts)


@pytest.mark.parametrize("area", [area for area in Area if area in PLAIN])
@pytest.mark.parametrize("form", FORMS)
def test_the_same_facts(form: str, area: Area) -> None:
    found = facts_of(read(FORMS[form]).facts)
    assert found[area] == PLAIN[area]


@pytest.mark.parametrize("form", FORMS)
def test_name_release_and_completeness(form: str) -> None:
    facts = read(FORMS[form]).facts
    assert facts.hostname == "r1"
    assert facts.os_version.need() == "4.30.1F"
    assert facts.complete.need()
    assert facts.coverage[0].unread == ()


def test_a_statement_of_json_stands_at_its_line() -> None:
    text = as_json(SAMPLE)
    facts = read(text).facts
    lines = text.split("\n")
    for user in facts.accounts.users:
        for source in user.sources:
            assert f'"username {user.name} ' in lines[source.line - 1]
    (entry,) = (one for one in facts.acls.lists[0].entries if one.log)
    assert '"20 deny tcp' in lines[entry.source.line - 1]


def test_statements_on_one_line_are_laid_out_and_counted_so() -> None:
    reading = read(as_json(SAMPLE, indent=None))
    (user,) = (one for one in reading.facts.accounts.users if one.name == "admin")
    document = reading.documents[0]
    assert document.lines[user.sources[0].line - 1].startswith("username admin privilege 15")
    coverage = reading.facts.coverage[0]
    assert coverage.lines == len(document.lines)


def test_json_that_is_cut_is_not_complete() -> None:
    text = as_json(SAMPLE)
    facts = read(text[: len(text) * 2 // 3]).facts
    assert not isinstance(facts.complete, Known)
    assert facts.accounts.users


def test_entries_act_in_the_order_of_their_numbers() -> None:
    """Old releases print the members of JSON objects in any order."""
    text = json.dumps(
        {"cmds": {"ip access-list A": {"cmds": {"20 permit ip any any": None, "10 deny ip 10.0.0.0/8 any": None}}}},
        indent=1,
    )
    (acl,) = read(text).facts.acls.lists
    assert [entry.permit for entry in acl.entries] == [False, True]


def test_escapes_in_json_hide_no_secret() -> None:
    text = json.dumps({"cmds": {'enable password 0 pa\u00e4ss"word': None}}, indent=1)
    assert "\\u00e4" in text
    reading = read(text)
    assert "ss" + '"word' not in repr(reading)
    assert reading.facts.accounts.passwords[0].secret.storage == "type 0 (plain text)"


def test_an_empty_banner_and_one_with_text() -> None:
    for text in (f"{HEADER}banner login\nEOF\nbanner motd\nhello\nEOF\nend\n",):
        for form in (text, as_json(text)):
            banners = {banner.kind: banner for banner in read(form).facts.system.banners}
            assert banners["login"].empty
            assert not banners["motd"].empty
