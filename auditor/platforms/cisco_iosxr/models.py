"""The running configuration in the form in which NETCONF of IOS XR gives it: Cisco's YANG models.

Local users and the groups that they are in are read, of the two models that `users` names.
"""

from collections.abc import Iterator, Sequence

from auditor.model.areas import Account
from auditor.model.device import Device
from auditor.model.evidence import Code, Unknown
from auditor.model.platform import Platform
from auditor.model.snapshot import CollectionError, Document
from auditor.platforms.cisco_iosxr import reader
from auditor.platforms.cisco_iosxr.users import entries, groups
from auditor.platforms.common import yang
from auditor.platforms.common.definition import Reading
from auditor.platforms.common.documents import main_document
from auditor.syntax.items import Item
from auditor.syntax.mask import Masker


def read(device: Device, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> Reading:
    """The accounts of a reply in one of these forms; of a text in the grammar of the command line everything."""
    document = main_document(documents)
    if document is None or not yang.is_reply(document):
        return reader.read(device, documents, errors, masker)
    return yang.reading(Platform.CISCO_IOSXR, device, document, _MODEL)


_SYSTEM = frozenset(
    (
        *("root-system", "root-lr", "netadmin", "sysadmin", "serviceadmin", "operator", "cisco-support"),
        *("maintenance", "provisioning", "retrieve", "read-only-tg"),
    )
)
"""Groups that no configuration defines (um-aaa-task-user-cfg, `group`; syntax-ios-family B.2)."""


def _accounts(roots: Sequence[Item], cite: yang.Cite) -> Iterator[Account]:
    """A user that both models show is one user.

    Whether one is an operator of taps, whom the command line's text has no more, only its groups tell: where the reply
    does not define them, nothing is said of it.
    """
    known = _SYSTEM | {name for listed in ("usergroups", "taskgroups") for name, _ in entries(roots, listed)}
    shown: dict[str, list[Item]] = {}
    members: dict[str, dict[str, Item]] = {}
    for name, user in entries(roots, "usernames"):
        shown.setdefault(name, []).extend(item for item in user.children if item.name == "name")
        members.setdefault(name, {}).update(groups(user))
    for name, items in shown.items():
        if members[name] and known.isdisjoint(members[name]):
            continue
        yield Account(
            name=name,
            sources=cite((*items, *members[name].values())),
            role=" ".join(members[name]),
            admin=Unknown(Code.DEFAULT, "what its groups allow is read of the command line"),
        )


_MODEL = yang.Model(
    root="aaa",
    namespaces=frozenset(f"http://cisco.com/ns/yang/Cisco-IOS-XR-{name}-cfg" for name in ("aaa-lib", "um-aaa")),
    kept=frozenset(
        (
            ("usernames", "username", "name"),
            ("usergroup-under-usernames", "usergroup-under-username", "name"),
            ("user-groups", "user-group", "user-group-name"),
        )
    ),
    accounts=_accounts,
    compared=("name", "role"),
)
