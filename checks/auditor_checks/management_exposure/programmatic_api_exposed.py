"""programmatic-api-exposed."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Facts,
    Fix,
    Judgement,
    Known,
    Platform,
    Problem,
    Service,
    ServiceKind,
    Severity,
    Unknown,
    device_check,
    listed,
)
from auditor_checks.references import AA25, NSA_NISG
from auditor_checks.wording import by_default, closed, confidence, gap, in_management_vrf, instead, is_off, is_on, shown

_APIS = (
    ServiceKind.NETCONF,
    ServiceKind.RESTCONF,
    ServiceKind.GNMI,
    ServiceKind.JSON_RPC,
    ServiceKind.XML_API,
    ServiceKind.VENDOR_API,
)
_NEEDED = "Automation that uses the interface stops if its hosts are not in the list."


@device_check(
    id="programmatic-api-exposed",
    title="A programmatic interface is open to any source, in clear text or without authentication",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.MEDIUM,
    needs={Area.SERVICES, Area.INTERFACES, Area.ACLS, Area.STATE},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "netconf-yang ssh ipv4 access-list name <ACL>\nrestconf ipv4 access-list name <ACL>\nno gnxi server\n"
            "gnxi secure-server",
            verify="show netconf-yang status; show gnxi state",
            caution=_NEEDED,
        ),
        Platform.CISCO_IOSXR: Fix(
            "ssh server netconf vrf <VRF> ipv4 access-list <ACL>\ngrpc\n vrf <VRF>\n no no-tls\nno xml agent",
            verify="show running-config grpc; show netconf-yang status",
            caution=_NEEDED,
        ),
        Platform.CISCO_NXOS: Fix(
            "no nxapi http\nnxapi use-vrf management\ngrpc use-vrf default\nno feature netconf\nno feature restconf",
            verify="show nxapi; show feature",
            caution="Keep the features that a controller uses, and filter their ports before the processor. " + _NEEDED,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "delete system services xnm-clear-text\ndelete system services rest http\n"
            "delete system services extension-service request-response grpc clear-text\n"
            "set firewall family inet filter <LO0-FILTER> term API from source-prefix-list MGMT",
            verify="show configuration system services",
            caution="Use 'commit confirmed 5'. " + _NEEDED,
        ),
        Platform.ARISTA_EOS: Fix(
            "management api http-commands\n no protocol http\n vrf MGMT\n  ip access-group <ACL>\n"
            "management api gnmi\n transport grpc <NAME>\n  ssl profile <PROFILE>\n  vrf MGMT\n  ip access-group <ACL>",
            verify="show management api http-commands; show management api gnmi",
            caution=_NEEDED,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system grpc delete allow-unsecure-connection\n"
            "/configure system grpc tls-server-profile <PROFILE>\n"
            "/configure system security management-access-filter ip-filter entry <N> match dst-port port 57400",
            verify="info system grpc; info system management-interface netconf",
            caution=_NEEDED,
        ),
        Platform.NOKIA_SRLINUX: Fix(
            "set / system grpc-server $name tls-profile <PROFILE>\n"
            "set / system json-rpc-server network-instance mgmt http admin-state disable\n"
            "set / system json-rpc-server network-instance mgmt https use-authentication true",
            verify="info system grpc-server; info system json-rpc-server",
            caution=_NEEDED,
        ),
        Platform.HUAWEI_VRP: Fix(
            "grpc\n grpc server\n  undo server enable\nquit\nssh server acl <ACL>\nundo snetconf server enable",
            verify="display ssh server status; display current-configuration | section include grpc",
            caution="Keep NETCONF where the controller uses it, behind the list. " + _NEEDED,
        ),
        Platform.MIKROTIK_ROUTEROS: Fix(
            "/ip service set api disabled=yes\n/ip service set api-ssl address=<MANAGEMENT-NETWORK>",
            verify="/ip service print",
            caution=_NEEDED,
        ),
    },
    how="NETCONF, RESTCONF, gNMI and gRPC, eAPI, NX-API, JSON-RPC, REST, XML and RouterOS interfaces that are on: "
    "critical in clear text or without authentication, medium where a source may reach them past any list outside a VRF "
    "for management, low where they are restricted and not among the declared services. A list that lets everybody in "
    "belongs to acl-any-on-management. Unknown where neither a line nor the documents of the release tell. What listens on no network (a socket of the "
    "system, a device without addresses) is left out. Where the device shows what it runs (EOS), a server in clear text is one "
    "whatever the configuration says, and one with TLS where the configuration does not switch it on.",
    false_positives="A filter in front of the device; a controller's own network.",
    attack=("T1190", "T1059.008"),
    references=(AA25, NSA_NISG),
    evidence=("config", "state"),
)
def exposed_api(facts: Facts) -> Iterator[Judgement]:
    """These interfaces change the whole configuration beside the controls of the command line."""
    for one in facts.services.of(*_APIS):
        if isinstance(one.enabled, Unknown):
            yield gap(one.enabled)
        elif one.enabled.value:
            yield from _judged(facts, one)
    yield from _shown(facts)


def _shown(facts: Facts) -> Iterator[Problem]:
    """What runs by the device's own word; source lists are not in it."""
    written = {_name(one) for one in facts.services.of(*_APIS) if not is_off(one.enabled)}
    for one in shown(facts.state.services):
        if one.kind not in _APIS or not is_on(one.enabled) or closed(one.open_families):
            continue
        if is_off(one.tls) or _name(one) not in written:
            yield Problem(
                message=f"{_name(one)} runs"
                + (" in clear text" if is_off(one.tls) else "")
                + ("" if _name(one) in written else ", and the configuration does not switch it on"),
                evidence=one.sources,
                subject=_name(one),
                severity=Severity.CRITICAL if is_off(one.tls) else Severity.MEDIUM,
                values={"name": one.name},
            )


def _name(one: Service) -> str:
    return one.name if str(one.kind) in one.name else f"{one.kind} {one.name}".strip()


def _judged(facts: Facts, one: Service) -> Iterator[Judgement]:
    yield from (gap(value) for value in (one.open_families, one.tls) if isinstance(value, Unknown))
    reach = isinstance(one.open_families, Known) and bool(one.open_families.value) and not in_management_vrf(facts, one)
    if closed(one.open_families) and not one.filters:
        return
    declared = facts.declared.services
    said = [
        *(["in clear text"] if is_off(one.tls) else []),
        *(["without authentication"] if one.unauthenticated else []),
        *(["for any source"] if reach else []),
    ]
    if is_off(one.tls) or one.unauthenticated:
        severity = Severity.CRITICAL
    elif reach:
        severity = Severity.MEDIUM
    elif declared is not None and not listed(declared, str(one.kind), one.name):
        severity = Severity.LOW
        said.append("restricted, and not among the declared services")
    else:
        return
    name = _name(one)
    sources = [*one.enabled.sources]
    sources += one.tls.sources
    sources += [one.unauthenticated] if one.unauthenticated else []
    yield Problem(
        message=f"{name} is on{by_default(one.enabled)} {' and '.join(said)}",
        evidence=instead(facts, *(dict.fromkeys(sources) or one.sources)),
        subject=name,
        severity=severity,
        confidence=confidence(one.enabled),
        values={"name": one.name},
    )
