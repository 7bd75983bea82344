"""li-coa-client-undeclared."""

from collections.abc import Iterator, Sequence

from auditor.api import (
    Area,
    CheckClass,
    CoaClient,
    Code,
    Confidence,
    Declared,
    Facts,
    Gap,
    Judgement,
    Kind,
    Known,
    Platform,
    Problem,
    Review,
    Severity,
    Source,
    Strength,
    Unknown,
    device_check,
    listed,
    no_list,
)
from auditor_checks.lawful import CISCO, everywhere, office, started_by_radius
from auditor_checks.references import CISCO_LI_RADIUS, JUN_DYNAMIC_REQUEST, XE_AAA_YANG

_READABLE = (Strength.PLAIN, Strength.REVERSIBLE)
_SILENT = (Platform.ARISTA_EOS,)
"""No statement about interception is documented, so that only the declaration says that RADIUS starts it."""
_CAUTION = "Name the RADIUS server first, or it can change no session any more."


@device_check(
    id="li-coa-client-undeclared",
    title="Dynamic authorization listens to undeclared, wildcard or keyless clients",
    check_class=CheckClass.LI_PROVISIONING,
    severity=Severity.CRITICAL,
    kind=Kind.UNDECLARED,
    needs={Area.AAA, Area.INTERCEPT},
    fix={
        **everywhere(
            office(
                "aaa server radius dynamic-author\n no client $address\n client <SERVER> server-key <KEY>",
                verify="show running-config | section dynamic-author",
                caution=_CAUTION,
            ),
            *CISCO,
        ),
        Platform.JUNIPER_JUNOS: office(
            "delete access profile <PROFILE> radius authentication-server $address",
            verify="show configuration access",
            caution=_CAUTION,
        ),
        Platform.NOKIA_SROS: office(
            '/configure router "<ROUTER>" radius server "<SERVER>" accept-coa false',
            verify="info /configure router radius",
            caution=_CAUTION,
        ),
        Platform.ARISTA_EOS: office(
            "no radius-server dynamic-authorization port",
            verify="show running-config | include dynamic-authorization",
            caution=_CAUTION,
        ),
        Platform.HUAWEI_VRP: office(
            "undo radius-server authorization $address", verify="display radius-server authorization configuration"
        ),
    },
    how="Clients of dynamic authorization outside management.coa_clients, prefixes, and clients without a key or a certificate (DTLS, TLS). Critical where RADIUS "
    "can start interception, and then keys of type 0 and 7 count too; `ignore server-key` takes the key from every client; medium elsewhere, where the "
    "client could only end or change sessions. `auth-type any` and `session-key`, which ask less than the default `all`, are "
    "medium where RADIUS can start interception: such a request still needs the key. Without the list clients are items to review. A prefix and a missing key "
    "are found without it. On Junos the "
    "servers that an access profile authenticates subscribers with are clients. The listener of EOS has no list of clients: a finding where the operator declared that there are none, else unknown where it is on.",
    attack=("T1556",),
    references=(CISCO_LI_RADIUS, XE_AAA_YANG, JUN_DYNAMIC_REQUEST),
    without_fix={Platform.MIKROTIK_ROUTEROS},
)
def open_coa(facts: Facts) -> Iterator[Judgement]:
    """One packet of dynamic authorization starts an intercept on a session that is up."""
    severe = facts.declared.li.radius is True or (facts.platform not in _SILENT and started_by_radius(facts))
    declared = facts.declared.coa_clients
    reviewed = False
    for client in facts.aaa.coa_clients:
        reason = _reason(client, readable=severe and facts.platform in CISCO)
        name = client.address or "any address"
        if not reason and declared is None:
            reviewed = True
            yield Review(f"CoA client {name}", f"{name} may change sessions", (client.source,))
        elif reason or (declared is not None and not listed(declared, client.address)):
            yield Problem(
                message=f"dynamic authorization listens to {name}, {reason or 'which is not declared'}",
                evidence=(client.source,),
                subject=f"CoA client {name}",
                severity=Severity.CRITICAL if severe else Severity.MEDIUM,
                values={"address": client.address},
            )
    for source in facts.aaa.coa_loose if severe else ():
        yield Problem(
            "dynamic authorization does not ask that every attribute of a request matches the session",
            (source,),
            subject="CoA matching",
            severity=Severity.MEDIUM,
            confidence=Confidence.LIKELY,
        )
    listening = facts.aaa.coa
    if facts.platform == Platform.ARISTA_EOS and isinstance(listening, Known) and listening.value:
        yield from _listener(declared, listening.sources, severe=severe)
    elif isinstance(listening, Unknown):
        yield Gap(listening.code, listening.reason)
    if reviewed:
        yield no_list("clients of dynamic authorization (management.coa_clients)")


def _listener(declared: Sequence[Declared] | None, sources: tuple[Source, ...], *, severe: bool) -> Iterator[Judgement]:
    """The listener of EOS has no list of clients: where the operator declared that there are none, nobody needs it."""
    subject = "listener of dynamic authorization"
    if declared is not None and not declared:
        severity = Severity.CRITICAL if severe else Severity.MEDIUM
        yield Problem("dynamic authorization listens, and no client of it is declared", sources, subject, severity)
        return
    yield Review(subject, "a listener of dynamic authorization is on", sources)
    yield Gap(Code.DEFAULT, "whose requests EOS accepts stands in no statement, and is not documented")


def _reason(client: CoaClient, *, readable: bool) -> str:
    """What is wrong with a client whatever is declared; `readable` where the system could store the key better."""
    if not client.address:
        return "so to everybody"
    if "/" in client.address and not client.address.endswith(("/32", "/128")):
        return "a whole prefix"
    if client.tls:
        return ""
    if client.secret is None:
        return "without a key"
    if readable and client.secret.strength in _READABLE:
        return f"with a key that is stored as {client.secret.storage}"
    return ""
