"""The running configuration in the form in which NETCONF of IOS-XE gives it: the YANG model Cisco-IOS-XE-native.

Local accounts are read: `native/username` and `native/user-name`, with name, privilege and view (YangModels/yang,
vendor/cisco/xe/17141/Cisco-IOS-XE-native.yang: `view` since its revision 2017-09-26, `user-name` since 2018-10-24).
"""

from collections.abc import Iterator, Sequence

from auditor.model.areas import Account
from auditor.model.device import Device
from auditor.model.evidence import Known
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.cisco_ios import reader
from auditor.platforms.common import yang
from auditor.platforms.common.defaults import DefaultTable
from auditor.platforms.common.definition import Reading
from auditor.platforms.common.documents import main_document
from auditor.syntax.items import Item
from auditor.syntax.mask import Masker

_NAMESPACE = "http://cisco.com/ns/yang/Cisco-IOS-XE-native"
_USERS = ("username", "user-name")
_LEAVES = ("name", "privilege", "view")
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
    if document is None or _NAMESPACE.encode() not in document.content:
        return reader.read(platform, table, device, documents, errors, masker)
    return yang.reading(platform, device, document, _MODEL)


def _accounts(roots: Sequence[Item], cite: yang.Cite) -> Iterator[Account]:
    for native in roots:
        for item in native.children:
            if item.name in _USERS and _plain(item):
                yield _account(item, cite)


def _plain(item: Item) -> bool:
    """Accounts of lawful intercept are shown to nobody by the command line, and are nobody's business here."""
    return bool(item.text("name")) and not any(
        "lawful" in inner.name or inner.name.startswith("li-") for inner in item.walk()
    )


def _account(item: Item, cite: yang.Cite) -> Account:
    """Privilege 1 where none is written, as on the command line (syntax-ios-family A.2)."""
    sources = cite(inner for inner in item.children if inner.name in _LEAVES)
    privilege, view = item.text("privilege") or "1", item.text("view")
    return Account(
        name=item.text("name"),
        sources=sources,
        role=f"view {view}" if view else f"privilege {privilege}",
        admin=Known(privilege == _FULL_PRIVILEGE, sources[:1]),
    )


_MODEL = yang.Model(
    root="native",
    namespaces=frozenset((_NAMESPACE,)),
    kept=frozenset(("native", kind, leaf) for kind in _USERS for leaf in _LEAVES),
    accounts=_accounts,
    compared=("name", "role", "admin"),
)
