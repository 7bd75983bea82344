"""The running configuration in the form in which NETCONF of IOS-XE gives it: the YANG model Cisco-IOS-XE-native.

Local accounts are read, for the comparison with the command line: `native/username` and `native/user-name`, with name,
privilege and view (YangModels/yang, vendor/cisco/xe/17141/Cisco-IOS-XE-native.yang: `view` since its revision 2017-09-26,
`user-name` since 2018-10-24). Of everything else no value is kept: where this form holds secrets is not worked out.
"""

import re
from collections.abc import Sequence

from auditor.model.areas import Account, Accounts, Area
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.cisco_ios import reader
from auditor.platforms.common.defaults import DefaultTable
from auditor.platforms.common.definition import Masked, Reading
from auditor.platforms.common.documents import main_document
from auditor.syntax import xmlitems
from auditor.syntax.items import Item
from auditor.syntax.mask import Masker
from auditor.syntax.text import decode

_MODEL = "http://cisco.com/ns/yang/Cisco-IOS-XE-native"
_TOKEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+", re.DOTALL)
_USERS = ("username", "user-name")
_VALUE = re.compile(r"\S+(?: +\S+)*")
_KEPT = frozenset(("native", kind, leaf) for kind in _USERS for leaf in ("name", "privilege", "view"))
"""Elements whose text is kept."""
_WITHHELD = "<value>"
_FULL_PRIVILEGE = "15"


def read(
    platform: str,
    table: DefaultTable,
    device: Device,
    documents: Sequence[Document],
    errors: Sequence[CollectionError],
    masker: Masker,
) -> Reading:
    """The accounts of a reply in this form; of a text in the grammar of the command line everything."""
    document = main_document(documents)
    if document is None or _MODEL.encode() not in document.content:
        return reader.read(platform, table, device, documents, errors, masker)
    lines = decode(document.content)
    root, fault = xmlitems.parse(lines)
    shown = _without_values(lines)
    native = next((item for item in root.walk() if item.name == "native"), None)
    users = [item for item in native.children if item.name in _USERS] if native is not None else []
    whole = native is not None and not fault
    facts = Facts(
        device=device,
        platform=platform,
        areas={Area.ACCOUNTS: Accounts(tuple(_account(document.name, item, shown) for item in users if _plain(item)))},
        complete=Known(True) if whole else Unknown(Code.CUT, f"{document.name}: {fault or 'no element <native>'}"),
        parts={Area.ACCOUNTS: {"users": ("name", "role", "admin")}},
    )
    return Reading(facts, (Masked(document.name, shown),))


def _plain(item: Item) -> bool:
    """Accounts of lawful intercept are shown to nobody by the command line, and are nobody's business here."""
    return bool(item.text("name")) and not any(
        "lawful" in inner.name or inner.name.startswith("li-") for inner in item.walk()
    )


def _account(document: str, item: Item, shown: list[str]) -> Account:
    """Privilege 1 where none is written, as on the command line (syntax-ios-family A.2)."""
    lines = sorted({inner.line for inner in item.children if inner.name in ("name", "privilege", "view")})
    sources = tuple(Source(document, line, line, shown[line - 1].strip()) for line in lines)
    privilege, view = item.text("privilege") or "1", item.text("view")
    return Account(
        name=item.text("name"),
        sources=sources,
        role=f"view {view}" if view else f"privilege {privilege}",
        admin=Known(privilege == _FULL_PRIVILEGE, sources[:1]),
    )


def _without_values(lines: Sequence[str]) -> list[str]:
    """The lines with their elements, and without the text in them that is not kept."""
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
        elif tuple(path[-3:]) not in _KEPT:
            token = _VALUE.sub(_WITHHELD, token)
        found.append(token)
    return "".join(found).split("\n")
