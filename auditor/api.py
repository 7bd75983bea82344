"""What packs may import: the one stable surface of the auditor for checks, report formats and platforms."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from auditor.model.areas import (
    AaaServer,
    Access,
    AccessPoint,
    Account,
    Accounting,
    Acl,
    AclEntry,
    Admission,
    Algorithms,
    Alias,
    Area,
    Authorization,
    AuthorizedKey,
    BgpNeighbor,
    Binding,
    Board,
    BoardLoader,
    Boot,
    BootImage,
    Capture,
    CoaClient,
    Community,
    ConfigChange,
    Connection,
    ContainerApp,
    Dialout,
    DiscoverySetting,
    EventPolicy,
    Feature,
    Filter,
    FlowExporter,
    Hardening,
    IkePeer,
    IntegrityResult,
    Intercept,
    Interface,
    Job,
    LastLogin,
    LiAccount,
    LinuxAccount,
    LinuxLog,
    LiReceiver,
    LiRoot,
    Listener,
    LogHost,
    LoginHook,
    LogMessage,
    LogState,
    Method,
    MethodList,
    Mirror,
    MirrorDestination,
    Neighbor,
    Package,
    PointKind,
    PrefixList,
    ProbeAnswer,
    Process,
    ProgramMode,
    Proposal,
    ProtocolAdjacency,
    Pseudowire,
    RawSocket,
    Redirect,
    Release,
    Restart,
    Script,
    ScriptTrait,
    Service,
    ServiceKind,
    Session,
    SnmpGroup,
    SnmpUser,
    SnmpView,
    StaticRoute,
    StoredFile,
    SudoRule,
    Suppression,
    Switchport,
    TimeServer,
    TlsProfile,
    Transfer,
    Translation,
    TrapHost,
    Tunnel,
    ViewEntry,
)
from auditor.model.catalogue import CatalogueEntry, GuidanceItem, read_catalogue, read_guidance
from auditor.model.check import (
    Aggravation,
    Check,
    CheckClass,
    CheckMeta,
    Confidence,
    DeviceCheck,
    Fix,
    FleetCheck,
    Gap,
    Judgement,
    Kind,
    NotApplicable,
    Observation,
    Peer,
    Problem,
    Reference,
    Review,
    Severity,
)
from auditor.model.copies import Comparison, Difference
from auditor.model.declarations import Declared, DeclaredList, contains, covers, network
from auditor.model.device import Device
from auditor.model.evidence import Code, Known, NotKnownError, Setting, Source, Unknown
from auditor.model.facts import Facts
from auditor.model.platform import Platform
from auditor.model.report import ReportFormat
from auditor.model.run import Run
from auditor.model.secret import Secret, Strength
from auditor.model.snapshot import RUNNING, CollectionError, Document
from auditor.platforms.common.definition import Command, Detection, Masked, PlatformDefinition, Reading, Transport
from auditor.platforms.common.documents import main_document, without_configuration
from auditor.platforms.common.reader import LineTable, Reader, any_of
from auditor.syntax.indent import parse as parse_indented
from auditor.syntax.mask import Masker, MaskRule, MaskRules
from auditor.syntax.text import decode

CheckFunction = Callable[[Facts], Iterator[Judgement]]


class Pack(msgspec.Struct, frozen=True):
    """A named set of checks; what an entry point of the group `auditor.checks` refers to."""

    name: str
    checks: tuple[Check, ...]
    catalogue: tuple[CatalogueEntry, ...] = ()
    guidance: tuple[GuidanceItem, ...] = ()
    elsewhere: dict[str, str] = {}
    """Entries of the catalogue that an audit never judges, and where they are judged instead."""
    data_of: str = ""
    """The day of the vulnerability data that it brings along; empty where it brings none."""


def device_check(
    *,
    id: str,  # noqa: A002  the field's standard word
    title: str,
    check_class: CheckClass,
    severity: Severity,
    needs: Iterable[Area],
    fix: dict[str, Fix],
    kind: Kind = Kind.EXPOSURE,
    how: str = "",
    false_positives: str = "",
    attack: Sequence[str] = (),
    references: Sequence[Reference] = (),
    since: str = "0.1",
    preserve: bool = False,
    evidence: Sequence[str] = ("config",),
    without_fix: Iterable[str] = (),
    unseen: Mapping[str, str] = {},
    not_on: Mapping[str, str] = {},
    worse: Sequence[Aggravation] = (),
) -> Callable[[CheckFunction], DeviceCheck]:
    """Make a function over the facts of one device a check; its docstring is the reason for it."""

    def decorate(function: CheckFunction) -> DeviceCheck:
        meta = CheckMeta(
            id=id,
            title=title,
            check_class=check_class,
            severity=severity,
            kind=kind,
            needs=frozenset(needs),
            fix=dict(fix),
            why=_prose(function),
            how=how,
            false_positives=false_positives,
            attack=tuple(attack),
            references=tuple(references),
            since=since,
            preserve=preserve,
            evidence=tuple(evidence),
            without_fix=frozenset(without_fix),
            unseen=dict(unseen),
            not_on=dict(not_on),
            worse=tuple(worse),
        )
        return DeviceCheck(meta, function)

    return decorate


def fleet_check(
    *,
    id: str,  # noqa: A002  the field's standard word
    title: str,
    check_class: CheckClass,
    severity: Severity,
    needs: Iterable[Area],
    fix: dict[str, Fix],
    observe: Callable[[Facts], Iterator[Observation]],
    how: str = "",
    false_positives: str = "",
    attack: Sequence[str] = (),
    references: Sequence[Reference] = (),
    since: str = "0.1",
    preserve: bool = False,
    without_fix: Iterable[str] = (),
    unseen: Mapping[str, str] = {},
    not_on: Mapping[str, str] = {},
) -> Callable[[Callable[[Sequence[Peer]], Iterator[Problem | Gap]]], FleetCheck]:
    """Make a comparison of devices a check; `observe` says what is kept of each, the function compares."""

    def decorate(function: Callable[[Sequence[Peer]], Iterator[Problem | Gap]]) -> FleetCheck:
        meta = CheckMeta(
            id=id,
            title=title,
            check_class=check_class,
            severity=severity,
            kind=Kind.FLEET,
            needs=frozenset(needs),
            fix=dict(fix),
            why=_prose(function),
            how=how,
            false_positives=false_positives,
            attack=tuple(attack),
            references=tuple(references),
            since=since,
            preserve=preserve,
            evidence=("fleet",),
            without_fix=frozenset(without_fix),
            unseen=dict(unseen),
            not_on=dict(not_on),
        )
        return FleetCheck(meta, observe, function)

    return decorate


def listed(declared: Sequence[Declared], *spellings: str) -> bool:
    """Whether an object is in the operator's list under one of its spellings; addresses match prefixes."""
    return any(covers(declared, spelling) for spelling in spellings if spelling)


def declared_as(declared: Sequence[Declared], spelling: str) -> tuple[Declared, ...]:
    """The entries of the operator's list that an object is declared by."""
    known = declared if isinstance(declared, DeclaredList) else DeclaredList(declared)
    return known.matching(spelling)


def no_list(topic: str) -> Gap:
    """What a check yields beside its review items where the operator supplied no list of intended objects."""
    return Gap(Code.DECLARATION, f"the operator declared no {topic}; what was found is on the review list")


def _prose(function: Callable[..., object]) -> str:
    return " ".join((function.__doc__ or "").split())


__all__ = [
    "RUNNING",
    "AaaServer",
    "Access",
    "AccessPoint",
    "Account",
    "Accounting",
    "Acl",
    "AclEntry",
    "Admission",
    "Aggravation",
    "Algorithms",
    "Alias",
    "Area",
    "Authorization",
    "AuthorizedKey",
    "BgpNeighbor",
    "Binding",
    "Board",
    "BoardLoader",
    "Boot",
    "BootImage",
    "Capture",
    "CatalogueEntry",
    "Check",
    "CheckClass",
    "CheckFunction",
    "CheckMeta",
    "CoaClient",
    "Code",
    "CollectionError",
    "Command",
    "Community",
    "Comparison",
    "Confidence",
    "ConfigChange",
    "Connection",
    "ContainerApp",
    "Declared",
    "Detection",
    "Device",
    "DeviceCheck",
    "Dialout",
    "Difference",
    "DiscoverySetting",
    "Document",
    "EventPolicy",
    "Facts",
    "Feature",
    "Filter",
    "Fix",
    "FleetCheck",
    "FlowExporter",
    "Gap",
    "GuidanceItem",
    "Hardening",
    "IkePeer",
    "IntegrityResult",
    "Intercept",
    "Interface",
    "Job",
    "Judgement",
    "Kind",
    "Known",
    "LastLogin",
    "LiAccount",
    "LiReceiver",
    "LiRoot",
    "LineTable",
    "LinuxAccount",
    "LinuxLog",
    "Listener",
    "LogHost",
    "LogMessage",
    "LogState",
    "LoginHook",
    "MaskRule",
    "MaskRules",
    "Masked",
    "Masker",
    "Method",
    "MethodList",
    "Mirror",
    "MirrorDestination",
    "Neighbor",
    "NotApplicable",
    "NotKnownError",
    "Observation",
    "Pack",
    "Package",
    "Peer",
    "Platform",
    "PlatformDefinition",
    "PointKind",
    "PrefixList",
    "ProbeAnswer",
    "Problem",
    "Process",
    "ProgramMode",
    "Proposal",
    "ProtocolAdjacency",
    "Pseudowire",
    "RawSocket",
    "Reader",
    "Reading",
    "Redirect",
    "Reference",
    "Release",
    "ReportFormat",
    "Restart",
    "Review",
    "Run",
    "Script",
    "ScriptTrait",
    "Secret",
    "Service",
    "ServiceKind",
    "Session",
    "Setting",
    "Severity",
    "SnmpGroup",
    "SnmpUser",
    "SnmpView",
    "Source",
    "StaticRoute",
    "StoredFile",
    "Strength",
    "SudoRule",
    "Suppression",
    "Switchport",
    "TimeServer",
    "TlsProfile",
    "Transfer",
    "Translation",
    "Transport",
    "TrapHost",
    "Tunnel",
    "Unknown",
    "ViewEntry",
    "any_of",
    "contains",
    "covers",
    "declared_as",
    "decode",
    "device_check",
    "fleet_check",
    "listed",
    "main_document",
    "network",
    "no_list",
    "parse_indented",
    "read_catalogue",
    "read_guidance",
    "without_configuration",
]
