"""The wrappings of an export: scoped, terse, wrapped, with slashes; the facts are the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from auditor.model.facts import Facts
from tests.platforms.golden import plain
from tests.platforms.mikrotik_routeros.ros import facts

EDGE: str = yaml.safe_load((Path(__file__).parent / "golden" / "edge_7_18_text.yaml").read_text("utf-8"))["text"]


def joined(text: str) -> list[str]:
    return text.replace("\\\n    ", "").split("\n")


def terse(text: str) -> str:
    """Menu and command on one line."""
    menu, out = "", []
    for line in joined(text):
        if line.startswith("/"):
            menu = line
        else:
            out.append(f"{menu} {line}" if line and line[0] != "#" else line)
    return "\n".join(out)


def slashed(text: str) -> str:
    """Menus with slashes between their words."""
    return "\n".join("/" + line[1:].replace(" ", "/") if line.startswith("/") else line for line in text.split("\n"))


def narrow(text: str) -> str:
    """Every command wrapped after each of its words that stand outside of quotes."""
    out = []
    for line in joined(text):
        out.append(line if line[:1] in ("/", "#") or '"' in line else line.replace(" ", " \\\n    "))
    return "\n".join(out)


def without_lines(value: Any) -> Any:
    quiet = {"at", "source", "sources", "bound", "vantage", "remote_source", "write_source", "trigger_sources", "match_sources",
             "protocol_sources", "secret_source", "unauthenticated", "default_role", "static_hosts", "denies", "sampling"}  # fmt: skip
    if isinstance(value, dict):
        return {key: without_lines(one) for key, one in value.items() if key not in quiet}
    return [without_lines(one) for one in value] if isinstance(value, list) else value


def told(found: Facts) -> dict[str, Any]:
    return {area.value: without_lines(plain(value)) for area, value in found.areas.items()}


@pytest.mark.parametrize(
    "change",
    [terse, slashed, narrow, lambda text: text.replace("\n", "\r\n")],
    ids=["terse", "slashed", "narrow", "crlf"],
)
def test_the_facts_are_the_same(change: Any) -> None:
    first, second = facts(EDGE), facts(change(EDGE))
    assert told(second) == told(first)
    assert second.coverage[0].unread == ()


def test_the_order_of_menus_does_not_matter() -> None:
    head, _, rest = EDGE.partition("/interface bridge\n")
    sections = [f"/{section}" for section in f"interface bridge\n{rest}".split("\n/")]
    turned = head + "\n".join(section.strip("\n") for section in reversed(sections)) + "\n"
    first, second = told(facts(EDGE)), told(facts(turned.replace("//", "/")))
    for area in ("services", "snmp", "crypto", "logging", "routing", "accounts"):
        assert second[area] == first[area], area
