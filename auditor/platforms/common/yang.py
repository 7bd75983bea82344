"""The accounts of a running configuration in the form in which NETCONF gives it: the YANG model of a vendor.

They are read for the comparison with the command line. Of everything else no value is kept: where a model holds secrets
is not worked out.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import msgspec

from auditor.model.areas import Account, Accounts, Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.snapshot import Document
from auditor.platforms.common.definition import Masked, Reading
from auditor.syntax import xmlitems
from auditor.syntax.items import Item
from auditor.syntax.text import decode

_TOKEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+", re.DOTALL)
_VALUE = re.compile(r"\S+(?: +\S+)*")
_WITHHELD = "<value>"

Cite: TypeAlias = Callable[[Iterable[Item]], tuple[Source, ...]]


class Model(msgspec.Struct, frozen=True):
    """What is read of a vendor's model."""

    root: str
    """The element under which the accounts stand."""
    namespaces: frozenset[str]
    kept: frozenset[tuple[str, ...]]
    """Elements whose text is kept: the ends of their paths, all of one length."""
    accounts: Callable[[Sequence[Item], Cite], Iterable[Account]]
    """(the elements of that name, how their lines are cited) -> the accounts."""
    compared: tuple[str, ...]
    """What is read of an account. Without `name`, capital letters in it mean nothing to the platform."""


def is_reply(document: Document) -> bool:
    """Whether a document is XML, and no text in the grammar of the command line."""
    return document.content.lstrip()[:1] == b"<"


def reading(platform: str, device: Device, document: Document, model: Model) -> Reading:
    """The accounts of a reply; with the reason that it is not whole, if it is not."""
    lines = decode(document.content)
    root, fault = xmlitems.parse(lines)
    # What is not well-formed is cited by nobody, and a token in it may have no end.
    shown = [_WITHHELD for _ in lines] if fault else _without_values(lines, model.kept)

    def cite(items: Iterable[Item]) -> tuple[Source, ...]:
        numbers = sorted({item.line for item in items})
        return tuple(Source(document.name, number, number, shown[number - 1].strip()) for number in numbers)

    roots = [
        item for item in root.walk() if item.name == model.root and item.attributes.get("xmlns") in model.namespaces
    ]
    facts = Facts(
        device=device,
        platform=platform,
        areas={Area.ACCOUNTS: Accounts(tuple(model.accounts(roots, cite)))},
        complete=_whole(document.name, model, root, roots, fault),
        parts={Area.ACCOUNTS: {"users": model.compared}},
    )
    return Reading(facts, (Masked(document.name, shown),))


def _whole(name: str, model: Model, root: Item, roots: Sequence[Item], fault: str) -> Setting[bool]:
    """Whether a reply is well-formed, tells of no error and is in a model that is read."""
    if not fault and any(item.name == "rpc-error" for item in root.walk()):
        fault = "the device answered with an error"
    if not fault and not roots:
        fault = f"no element <{model.root}> of a model that is read"
    return Unknown(Code.CUT, f"{name}: {fault}") if fault else Known(True)


def _without_values(lines: Sequence[str], kept: frozenset[tuple[str, ...]]) -> list[str]:
    """The lines with their elements, and without the text in them that is not kept."""
    depth = max(map(len, kept))
    path: list[str] = []
    found = []
    for token in _TOKEN.findall("\n".join(lines)):
        if token.startswith(("<!", "<?")):
            found.append("\n" * token.count("\n"))
            continue
        if token.startswith("</"):
            del path[-1:]
        elif token.startswith("<"):
            if not token.endswith("/>"):
                path.append(token[1:-1].split()[0].rpartition(":")[2])
        elif tuple(path[-depth:]) not in kept:
            token = _VALUE.sub(_WITHHELD, token)
        found.append(token)
    return "".join(found).split("\n")
