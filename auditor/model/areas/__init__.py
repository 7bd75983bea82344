"""The areas of the facts: typed, vendor-neutral, each value with the lines it came from.

A reader fills an area completely or leaves it out. Within an area an empty tuple means
"the configuration has none"; whether that may be relied on is for `Facts.absence` to say.
"""

from auditor.model.areas.aaa import (
    Aaa,
    AaaServer,
    Accounting,
    Authorization,
    CoaClient,
    Method,
    MethodList,
    ServerGroup,
)
from auditor.model.areas.access import Access, AccessPoint, PointKind
from auditor.model.areas.accounts import (
    Account,
    Accounts,
    AuthorizedKey,
    LoginHook,
    RightsOverride,
    Role,
    SharedPassword,
)
from auditor.model.areas.acls import Acl, AclEntry, Acls, Binding, PrefixEntry, PrefixList, Undefined
from auditor.model.areas.control_plane import ControlPlane, ManagementInterface
from auditor.model.areas.exporters import Exporters, FlowExporter
from auditor.model.areas.filters import Admission, Filter
from auditor.model.areas.forwarding import (
    Nat,
    NextHopRewrite,
    Redirect,
    Redirection,
    Routes,
    StaticRoute,
    Translation,
)
from auditor.model.areas.interfaces import Discovery, DiscoverySetting, Hardening, Interface, Interfaces, Switchport
from auditor.model.areas.lifecycle import Boot, BootImage, Dialout, Dialouts, Names, Resolver, Transfer, Transfers
from auditor.model.areas.logging import Logging, LogHost, Suppression, Time, TimeKey, TimeServer
from auditor.model.areas.mirrors import Capture, Mirror, MirrorDestination, Mirrors
from auditor.model.areas.names import Area
from auditor.model.areas.onbox import Alias, ContainerApp, Containers, EventPolicy, Job, Script, Scripts, ScriptTrait
from auditor.model.areas.probes import ProbeAnswer, Probes, SmartInstallProbe
from auditor.model.areas.routing import BgpNeighbor, KeyChain, ProtocolAdjacency, Routing
from auditor.model.areas.services import Algorithms, Service, ServiceKind, Services, SshServer, TlsProfile
from auditor.model.areas.snmp import Community, LiRoot, Snmp, SnmpGroup, SnmpUser, SnmpView, TrapHost, ViewEntry
from auditor.model.areas.system import Banner, System
from auditor.model.areas.telecom import CoreBinding, Intercept, InterceptStatement, Telecom
from auditor.model.areas.tunnels import Crypto, IkePeer, Proposal, Pseudowire, Pseudowires, Tunnel, Tunnels

__all__ = [
    "Aaa",
    "AaaServer",
    "Access",
    "AccessPoint",
    "Account",
    "Accounting",
    "Accounts",
    "Acl",
    "AclEntry",
    "Acls",
    "Admission",
    "Algorithms",
    "Alias",
    "Area",
    "Authorization",
    "AuthorizedKey",
    "Banner",
    "BgpNeighbor",
    "Binding",
    "Boot",
    "BootImage",
    "Capture",
    "CoaClient",
    "Community",
    "ContainerApp",
    "Containers",
    "ControlPlane",
    "CoreBinding",
    "Crypto",
    "Dialout",
    "Dialouts",
    "Discovery",
    "DiscoverySetting",
    "EventPolicy",
    "Exporters",
    "Filter",
    "FlowExporter",
    "Hardening",
    "IkePeer",
    "Intercept",
    "InterceptStatement",
    "Interface",
    "Interfaces",
    "Job",
    "KeyChain",
    "LiRoot",
    "LogHost",
    "Logging",
    "LoginHook",
    "ManagementInterface",
    "Method",
    "MethodList",
    "Mirror",
    "MirrorDestination",
    "Mirrors",
    "Names",
    "Nat",
    "NextHopRewrite",
    "PointKind",
    "PrefixEntry",
    "PrefixList",
    "ProbeAnswer",
    "Probes",
    "Proposal",
    "ProtocolAdjacency",
    "Pseudowire",
    "Pseudowires",
    "Redirect",
    "Redirection",
    "Resolver",
    "RightsOverride",
    "Role",
    "Routes",
    "Routing",
    "Script",
    "ScriptTrait",
    "Scripts",
    "ServerGroup",
    "Service",
    "ServiceKind",
    "Services",
    "SharedPassword",
    "SmartInstallProbe",
    "Snmp",
    "SnmpGroup",
    "SnmpUser",
    "SnmpView",
    "SshServer",
    "StaticRoute",
    "Suppression",
    "Switchport",
    "System",
    "Telecom",
    "Time",
    "TimeKey",
    "TimeServer",
    "TlsProfile",
    "Transfer",
    "Transfers",
    "Translation",
    "TrapHost",
    "Tunnel",
    "Tunnels",
    "Undefined",
    "ViewEntry",
]
