"""tls-weak-or-selfsigned."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Facts,
    Fix,
    Gap,
    Judgement,
    Platform,
    Problem,
    ServiceKind,
    Severity,
    TlsProfile,
    Unknown,
    device_check,
)
from auditor_checks.references import CISA24
from auditor_checks.wording import cisco, gap, is_on

_OVER_TLS = (
    ServiceKind.HTTPS,
    ServiceKind.RESTCONF,
    ServiceKind.GNMI,
    ServiceKind.JSON_RPC,
    ServiceKind.XML_API,
)
_OLD = ("ssl2", "ssl3", "1.0", "1.1")
_CERTIFICATE = "Clients that pinned the old certificate must learn the new one."


@device_check(
    id="tls-weak-or-selfsigned",
    title="TLS of an old version, or a certificate that the device signed itself",
    check_class=CheckClass.MANAGEMENT,
    severity=Severity.LOW,
    needs={Area.SERVICES},
    fix={
        **cisco(
            Fix(
                "ip http tls-version TLSv1.2\nip http secure-trustpoint <CA-TRUSTPOINT>",
                verify="show ip http server secure status",
                caution=_CERTIFICATE,
            )
        ),
        Platform.CISCO_NXOS: Fix(
            "nxapi ssl protocols TLSv1.2 TLSv1.3\nnxapi certificate httpscrt certfile <FILE>",
            verify="show nxapi",
            caution=_CERTIFICATE,
        ),
        Platform.JUNIPER_JUNOS: Fix(
            "set security certificates local <NAME> load-key-file <FILE>\n"
            "set system services web-management https local-certificate <NAME>\n"
            "delete system services web-management https system-generated-certificate",
            verify="show configuration system services web-management",
            caution="Use 'commit confirmed 5'. " + _CERTIFICATE,
        ),
        Platform.NOKIA_SROS: Fix(
            "/configure system security tls server-tls-profile $name protocol-version tls-version13",
            verify="info system security tls",
            caution="Clients that know TLS 1.2 alone are refused: tls-version-all admits both.",
        ),
        Platform.ARISTA_EOS: Fix(
            "management security\n ssl profile $name\n  tls versions 1.2 1.3",
            verify="show management security ssl profile",
            caution=_CERTIFICATE,
        ),
    },
    how="TLS settings where a service over TLS is on: versions below 1.2 are medium, 1.2 without 1.3 low (a note where the "
    "device has no 1.3), a certificate of the device's own low. Unknown where the release decides on the versions, or "
    "where the configuration does not show the certificate; when it expires is seen by a probe alone.",
    false_positives="A device that knows no TLS 1.3.",
    attack=("T1557",),
    references=(CISA24,),
)
def weak_tls(facts: Facts) -> Iterator[Judgement]:
    """Old versions can be broken into on the path, and nobody can tell a certificate of the device's own from an intruder's."""
    services = facts.services.of(*_OVER_TLS)
    on = [one for one in services if is_on(one.enabled) and is_on(one.tls)]
    if not on:
        yield from (gap(one.enabled) for one in services if isinstance(one.enabled, Unknown))
        return
    if not facts.services.tls:
        names = ", ".join(dict.fromkeys(str(one.kind) for one in on))
        yield Gap(Code.DEFAULT, f"{names}: no statement names versions or a certificate, and the release decides")
    for profile in facts.services.tls:
        yield from _versions(profile)
        if isinstance(profile.self_signed, Unknown):
            yield gap(profile.self_signed)
        elif profile.self_signed is not None and profile.self_signed.value:
            yield Problem(
                message=f"{profile.name} shows a certificate that the device signed itself",
                evidence=profile.self_signed.sources or profile.sources,
                subject=f"{profile.name}: certificate",
                values={"name": profile.name},
            )


def _versions(profile: TlsProfile) -> Iterator[Judgement]:
    old = [version for version in profile.versions if version.lower() in _OLD]
    if not profile.versions:
        yield Gap(Code.DEFAULT, f"{profile.name}: no statement names the versions of TLS, and the release decides")
    elif old or "1.3" not in profile.versions:
        yield Problem(
            message=f"{profile.name} accepts TLS {', '.join(old)}"
            if old
            else f"{profile.name} accepts no TLS 1.3, only {', '.join(profile.versions)}",
            evidence=profile.sources,
            subject=f"{profile.name}: versions",
            severity=Severity.MEDIUM if old else Severity.LOW,
            values={"name": profile.name},
        )
