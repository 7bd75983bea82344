"""badcandy-implant: the state part. What the implant answers to is asked by a probe."""

from collections.abc import Iterator

from auditor.api import (
    Area,
    CheckClass,
    Code,
    Confidence,
    Facts,
    Fix,
    Gap,
    Judgement,
    Known,
    LogMessage,
    Platform,
    Problem,
    Review,
    ServiceKind,
    Severity,
    device_check,
    listed,
)
from auditor_checks.implants import SEEN_ACCOUNTS, not_observed
from auditor_checks.references import ASD_BC, FOXIT_XE, TALOS_XE
from auditor_checks.vulnerabilities import vulnerabilities
from auditor_checks.wording import asks_servers, is_off, people

_FILE = "nginx-conf/cisco_service.conf"
"""The implant's part of the web server, in /usr/binos/conf."""
_CVE = "CVE-2023-20198"
_WEB_PROCESS = "SEP_webui_wsma_http"
"""Writes a message for every change by the web, also for good ones."""


@device_check(
    id="badcandy-implant",
    title="Traces of the BADCANDY implant in the web server",
    check_class=CheckClass.BACKDOOR,
    severity=Severity.CRITICAL,
    needs={Area.ACCOUNTS, Area.AAA, Area.SERVICES, Area.STATE},
    fix={
        Platform.CISCO_IOSXE: Fix(
            "no ip http server\nno ip http secure-server\nno username $name",
            verify="show ip http server status; show running-config | include ^username; show logging",
            caution="Isolate and save evidence first: a reload removes the implant and its traces, and it comes back while the "
            "release is not fixed.",
        )
    },
    how="The file of the implant in a list of files. Messages of the log that tell of changes by the web server, logins to "
    "it or packages that it installed, of an account that was seen in the campaigns or that is local and not declared: the "
    "process SEP_webui_wsma_http alone is ordinary. A pass needs the web server off, a release in which CVE-2023-20198 is "
    "fixed and no undeclared account; else the result is unknown, not observed.",
    false_positives="A new colleague's account that nobody declared yet and that uses the web interface.",
    attack=("T1505.003", "T1190"),
    references=(FOXIT_XE, TALOS_XE, ASD_BC),
    preserve=True,
    evidence=("state",),
)
def badcandy(facts: Facts) -> Iterator[Judgement]:
    """The implant runs any command with full rights for whoever knows it; hundreds of devices had it again after a reload."""
    state = facts.state
    files = state.files.value if isinstance(state.files, Known) else ()
    found: list[Judgement] = [
        Problem(f"file {one.path} of the implant", (one.source,), f"file {one.path}")
        for one in files
        if one.path.endswith(_FILE)
    ]
    messages = state.messages.value if isinstance(state.messages, Known) else ()
    found += [said for one in messages if (said := _message(facts, one)) is not None]
    yield from found
    missing = _for_a_pass(facts)
    if missing:
        yield not_observed(missing) if not found else Gap(Code.STATE, missing)


def _message(facts: Facts, one: LogMessage) -> Problem | Review | None:
    """What a message of the log tells of who used the web server."""
    if not one.user or (one.code == "SYS-5-CONFIG_P" and _WEB_PROCESS not in one.text) or one.code == "SYS-5-CONFIG_I":
        return None
    where = f" from {one.address}" if one.address else ""
    what = f"{one.code}: account {one.user}{where} used the web server"
    values = {"name": one.user}
    if one.user.lower() in SEEN_ACCOUNTS:
        return Problem(f"{what}; the name was seen in intrusions", (one.source,), f"user {one.user}", values=values)
    declared = facts.declared.local_users
    if declared is None or listed(declared, one.user):
        return None
    if any(user.name == one.user for user in facts.accounts.users) or not asks_servers(facts):
        message = f"{what} and is not declared"
        return Problem(message, (one.source,), f"user {one.user}", confidence=Confidence.LIKELY, values=values)
    return Review(
        f"user {one.user}", f"{what}; servers decide on logins, and no local account has the name", (one.source,)
    )


def _for_a_pass(facts: Facts) -> str:
    """What a pass lacks; empty where nothing is."""
    web = [one.enabled for one in facts.services.of(ServiceKind.HTTP, ServiceKind.HTTPS)]
    if not all(is_off(one) for one in web):
        return "the web server is on, or is not known to be off"
    entry = next(one for one in vulnerabilities() if one.cve == _CVE)
    version = facts.os_version.need()
    if entry.affects(facts.platform, version) is not False:
        return f"release {version} is not known to have the fix for {_CVE}"
    declared = facts.declared.local_users
    strangers = [one.name for one in people(facts) if not listed(declared or (), one.name)]
    if declared is None or strangers:
        return f"local accounts are not all declared ({', '.join(strangers) or 'no list accounts.local_users'})"
    return ""
