"""The running configuration in the form in which NETCONF of VRP gives it: Huawei's YANG models.

Local users are read: `aaa/lam/users/user` with name, level and state (Huawei/yang, network-router/8.22.0/ne40e-x8x16:
huawei-aaa, revision 2022-09-27, huawei-aaa-lam, revision 2022-01-10; the leaves are the same in 8.20.0, revision 2020-03-02).
The model gives names without capital letters, and the command line takes them in any (command reference of CloudEngine,
`ssh user`, user-name: "case-insensitive").
"""

from collections.abc import Iterator, Sequence

from auditor.model.areas import Account
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.platform import Platform
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.common import yang
from auditor.platforms.common.definition import Reading
from auditor.platforms.common.documents import main_document
from auditor.platforms.huawei_vrp import reader
from auditor.platforms.huawei_vrp.accounts import is_admin
from auditor.syntax.items import Item
from auditor.syntax.mask import Masker

_LEAVES = ("name", "level", "state")


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """The accounts of a reply in this form; of a text in the grammar of the command line everything."""
    document = main_document(documents)
    if document is None or not yang.is_reply(document):
        return reader.read(device, documents, errors, masker)
    return yang.reading(Platform.HUAWEI_VRP, device, document, _MODEL)


def _accounts(roots: Sequence[Item], cite: yang.Cite) -> Iterator[Account]:
    for aaa in roots:
        for inner in (item for lam in aaa.children if lam.name == "lam" for item in lam.children):
            if inner.name == "users":
                yield from (
                    _account(item, cite) for item in inner.children if item.name == "user" and item.text("name")
                )


def _account(item: Item, cite: yang.Cite) -> Account:
    sources = cite(inner for inner in item.children if inner.name in _LEAVES)
    return Account(
        name=item.text("name"),
        sources=sources,
        role=f"level {item.text('level')}",
        admin=_admin(item, sources),
        enabled=Known(item.text("state") != "block", sources[:1]),
    )


def _admin(item: Item, sources: tuple[Source, ...]) -> Setting[bool]:
    level = item.text("level")
    return Known(is_admin(level), sources[:1]) if level else Unknown(Code.DEFAULT, "no level is written", sources[:1])


_MODEL = yang.Model(
    root="aaa",
    namespaces=frozenset(("urn:huawei:yang:huawei-aaa",)),
    kept=frozenset(("users", "user", leaf) for leaf in _LEAVES),
    accounts=_accounts,
    compared=("admin", "enabled"),
)
