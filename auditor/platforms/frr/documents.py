"""The files that make up an FRR router: what each is called, and how its text becomes statements."""

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from auditor.model.areas import Area
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.model.facts import DocumentCoverage
from auditor.model.snapshot import RUNNING, CollectionError, Document
from auditor.platforms.common.documents import PROBE
from auditor.platforms.common.reader import LineTable, Reader
from auditor.platforms.frr import forms, lines, secrets
from auditor.platforms.frr.defaults import VTY_PORTS
from auditor.platforms.frr.keys import user_of
from auditor.syntax.mask import Masker, MaskRules
from auditor.syntax.text import decode
from auditor.syntax.tree import Node

DAEMONS = "/etc/frr/daemons"
VTYSH = "/etc/frr/vtysh.conf"
SSHD = "/etc/ssh/sshd_config"
SSHD_D = "/etc/ssh/sshd_config.d"
PASSWD = "/etc/passwd"
GROUP = "/etc/group"
TACPLUS = "/etc/tacplus_servers"
PAM = ("/etc/pam.d/sshd", "/etc/pam.d/common-auth", "/etc/pam.d/password-auth")
"""The SSH server's own file, and what it takes in on Debian and on Red Hat."""
RSYSLOG = "/etc/rsyslog.conf"
RSYSLOG_D = "/etc/rsyslog.d"
SNMPD = "/etc/snmp/snmpd.conf"
SNMPD_D = "/etc/snmp/snmpd.conf.d"
LINKS = "ip -d link show"
IFUPDOWN = "/etc/network/interfaces"
NFT = "nft list ruleset"
TC = "tc filter show"
CRON = "/etc/crontab"
CRON_D = "/etc/cron.d"
CHRONY = "/etc/chrony/chrony.conf"
RESOLV = "/etc/resolv.conf"
SYSCTL = "sysctl -a"
WIREGUARD = "wg show"
ROOT_KEYS = "/root/.ssh/authorized_keys"
HSFLOWD = "/etc/hsflowd.conf"
PMACCT = "/etc/pmacct"
SOFTFLOWD = "/etc/softflowd"
SWANCTL = "swanctl --list-conns"
PROGRAMS = "ls -l /proc/*/exe"
SPLIT = tuple(f"/etc/frr/{name}.conf" for name in VTY_PORTS)
"""One file for each daemon, as FRR writes them without an integrated configuration."""


_PROGRAM = re.compile(r"/proc/(?P<pid>\d+)/exe -> (?P<path>\S+)")


class Form(msgspec.Struct, frozen=True):
    """How a document is read."""

    rules: MaskRules
    parse: Callable[[list[str]], Node]
    table: LineTable


_SSHD = Form(secrets.GENERAL, forms.sshd, lines.SSHD)
_RSYSLOG = Form(secrets.GENERAL, forms.rsyslog, lines.RSYSLOG)
_SNMPD = Form(secrets.SNMPD, forms.keywords, lines.SNMPD)
FORMS: Mapping[str, Form] = {
    RUNNING: Form(secrets.FRR, forms.frr, lines.FRR),
    DAEMONS: Form(secrets.GENERAL, forms.shell, lines.DAEMONS),
    VTYSH: Form(secrets.FRR, forms.frr, lines.FRR),
    SSHD: _SSHD,
    SSHD_D: _SSHD,
    PASSWD: Form(secrets.PASSWD, forms.plain, lines.PASSWD),
    GROUP: Form(secrets.GROUP, forms.plain, lines.GROUP),
    **{path: Form(secrets.GENERAL, forms.plain, lines.PAM) for path in PAM},
    TACPLUS: Form(secrets.GENERAL, forms.plain, lines.TACPLUS),
    RSYSLOG: _RSYSLOG,
    RSYSLOG_D: _RSYSLOG,
    SNMPD: _SNMPD,
    SNMPD_D: _SNMPD,
    LINKS: Form(secrets.GENERAL, forms.links, lines.LINKS),
    IFUPDOWN: Form(secrets.GENERAL, forms.stanzas, lines.IFUPDOWN),
    NFT: Form(secrets.GENERAL, forms.braces, lines.NFT),
    TC: Form(secrets.GENERAL, forms.links, lines.TC),
    CRON: Form(secrets.GENERAL, forms.plain, lines.CRON),
    CRON_D: Form(secrets.GENERAL, forms.plain, lines.CRON),
    CHRONY: Form(secrets.GENERAL, forms.keywords, lines.CHRONY),
    RESOLV: Form(secrets.GENERAL, forms.keywords, lines.RESOLV),
    SYSCTL: Form(secrets.GENERAL, forms.plain, lines.SYSCTL),
    WIREGUARD: Form(secrets.WIREGUARD, forms.links, lines.WIREGUARD),
    HSFLOWD: Form(secrets.GENERAL, forms.hsflowd, lines.HSFLOWD),
    PMACCT: Form(secrets.PMACCT, forms.colons, lines.PMACCT),
    SOFTFLOWD: Form(secrets.GENERAL, forms.shell, lines.SOFTFLOWD),
    SWANCTL: Form(secrets.GENERAL, forms.links, lines.SWANCTL),
    **{path: Form(secrets.FRR, forms.frr, lines.FRR) for path in SPLIT},
}
_KEYS = Form(secrets.GENERAL, forms.plain, lines.KEYS)


class FileSet:
    """The documents of one device, each masked and parsed once."""

    def __init__(self, documents: Sequence[Document], errors: Sequence[CollectionError], masker: Masker) -> None:
        self._errors = {error.document: error.reason for error in errors}
        self.main = main_document(documents)
        self._documents: dict[str, Document] = {}
        self._readers: dict[str, Reader] = {}
        self.foreign: list[Document] = []
        for document in documents:
            role = RUNNING if document is self.main else document.role
            form = _form(role)
            if form is not None and role not in self._readers and (role != RUNNING or document is self.main):
                self._documents[role] = document
                self._readers[role] = _reader(document, form, masker)
            elif not document.name.startswith(PROBE):
                self.foreign.append(document)

    def get(self, role: str) -> Reader | None:
        """The document that plays this role, if it was collected."""
        return self._readers.get(role)

    def configurations(self) -> tuple[Reader, ...]:
        """The running configuration, else the files of the daemons; each daemon knows the names of its own file only."""
        main = self.get(RUNNING)
        split = tuple(reader for path in SPLIT if (reader := self.get(path)) is not None)
        return (main,) if main is not None else split

    def key_files(self) -> tuple[Reader, ...]:
        """The files of public keys."""
        return tuple(reader for role, reader in self._readers.items() if user_of(role))

    def gap(self, role: str) -> Unknown:
        """Why a value cannot be known without this document."""
        reason = self._errors.get(role, "")
        return Unknown(Code.STATE, f"needs {role}, which was not collected" + (f" ({reason})" if reason else ""))

    def absent(self, role: str) -> bool:
        """Whether the router said that there is no such file, or no file in such a folder."""
        return self._errors.get(role, "").endswith("No such file or directory")

    def programs(self) -> Setting[frozenset[str]]:
        """The names of the files that processes were started from, of all users (`find /proc`, as root)."""
        document = next((one for one in self.foreign if one.role == PROGRAMS), None)
        if document is None:
            return self.gap(PROGRAMS)
        found = [match for line in decode(document.content) if (match := _PROGRAM.search(line))]
        if not any(match["pid"] == "1" for match in found):
            return Unknown(Code.STATE, f"'{PROGRAMS}' shows the processes of one user only; it takes root")
        return Known(frozenset(match["path"].rpartition("/")[2] for match in found))

    def masked(self) -> list[tuple[str, list[str]]]:
        """Name and masked lines of every document that was read."""
        return [(reader.document, reader.lines) for reader in self._readers.values()]

    def settle(self) -> tuple[tuple[DocumentCoverage, ...], dict[Area, tuple[Source, ...]]]:
        """The account of all documents: coverage of each, and the unread lines by area."""
        coverage = []
        unread: dict[Area, tuple[Source, ...]] = {}
        for role, reader in self._readers.items():
            told, lost = reader.settle((_form(role) or _KEYS).table, self._documents[role].sha256)
            coverage.append(told)
            for area, sources in lost.items():
                unread[area] = unread.get(area, ()) + sources
        return (*coverage, *(_foreign(document) for document in self.foreign)), unread


def main_document(documents: Sequence[Document]) -> Document | None:
    """The running configuration: by its name, else the only document that is no other file of the set."""
    named = [document for document in documents if document.role == RUNNING]
    others = [
        document for document in documents if _form(document.role) is None and not document.role.startswith(PROBE)
    ]
    return named[0] if named else others[0] if len(others) == 1 else None


def _form(role: str) -> Form | None:
    return FORMS.get(role) or (_KEYS if user_of(role) else None)


def vantage(reader: Reader, node: Node | None = None) -> Source:
    """A line to show something at that no line says: the statement given, else the first one of the document."""
    first = node or next(iter(reader.root.children), None)
    return reader.source(first) if first is not None else Source(reader.document, 1, 1, "")


def _reader(document: Document, form: Form, masker: Masker) -> Reader:
    texts = decode(document.content)
    found = masker.mask(texts, form.rules)
    return Reader(document.name, texts, form.parse(texts), found)


def _foreign(document: Document) -> DocumentCoverage:
    """A document that nobody here reads counts as unread; its text is not shown, because nothing masked it."""
    count = len(decode(document.content))
    whole = Source(document.name, 1, max(count, 1), "(this document is not read on FRR)")
    return DocumentCoverage(document.name, document.sha256, count, 0, 0, (whole,) if count else ())
