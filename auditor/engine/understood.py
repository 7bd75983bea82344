"""What was understood of a device, as tables for the report."""

from collections.abc import Callable, Iterable

from auditor.model.areas import Filter
from auditor.model.evidence import Known, NotKnownError, Setting, Source
from auditor.model.facts import Facts
from auditor.model.run import Cell, Table

_Row = tuple[Source | None, list[str]]
_MAX_ROWS = 500


def tables(facts: Facts) -> tuple[Table, ...]:
    """One table per topic. A topic that was not read says so; an empty one says that nothing is configured."""
    return tuple(_table(title, columns, rows, facts) for title, columns, rows in _TOPICS)


def _table(title: str, columns: tuple[str, ...], rows: Callable[[Facts], Iterable[_Row]], facts: Facts) -> Table:
    try:
        found = list(rows(facts))
    except NotKnownError as gap:
        return Table(title, columns, (), note=f"Not known ({gap})")
    note = "None in the documents that were read." if not found else ""
    if len(found) > _MAX_ROWS:
        note = f"The first {_MAX_ROWS} of {len(found)} are shown."
    return Table(title, columns, tuple(_cells(source, texts) for source, texts in found[:_MAX_ROWS]), note)


def _cells(source: Source | None, texts: list[str]) -> tuple[Cell, ...]:
    first, *rest = texts
    head = Cell(first, source.document, source.line) if source else Cell(first)
    return (head, *(Cell(text) for text in rest))


def _accounts(facts: Facts) -> Iterable[_Row]:
    accounts = facts.accounts
    for user in accounts.users:
        stored = "no password" if user.passwordless else user.secret.storage if user.secret else "none in this document"
        yield user.sources[0], [user.name, user.role, stored]
    for password in accounts.passwords:
        yield password.source, [password.name, "shared", password.secret.storage]


def _servers(facts: Facts) -> Iterable[_Row]:
    for server in facts.aaa.servers:
        order = f"{server.group} #{server.order}" if server.order else server.group
        yield server.sources[-1], [server.address or server.name, server.protocol, order]


def _lists(facts: Facts) -> Iterable[_Row]:
    for methods in facts.aaa.login_lists:
        yield methods.source, [methods.name, ", ".join(methods.methods)]


def _keys(facts: Facts) -> Iterable[_Row]:
    for key in facts.accounts.keys:
        yield key.source, [key.user, f"{key.algorithm} {key.fingerprint}".strip(), key.comment]


def _services(facts: Facts) -> Iterable[_Row]:
    """Services that are on, and those of which that is not known; what is off is counted in no row."""
    for service in facts.services.found:
        state = service.enabled
        if isinstance(state, Known) and not state.value:
            continue
        words = "not known" if not isinstance(state, Known) else "on by default" if state.default else "on"
        source = next(iter((*service.sources, *(state.sources if isinstance(state, Known) else ()))), None)
        name = f"{service.kind} {service.name}".strip()
        port = str(service.port) if service.port else "usual"
        yield source, [name, words, port, ", ".join(map(_filter, service.filters)) or "none"]


def _ways_in(facts: Facts) -> Iterable[_Row]:
    for point in facts.access.points:
        yield point.source, [point.name, _protocols(point.protocols), ", ".join(map(_filter, point.filters)) or "none"]


def _protocols(setting: Setting[tuple[str, ...]]) -> str:
    if isinstance(setting, Known):
        return ", ".join(setting.value) or "none"
    return "not known"


def _filter(bound: Filter) -> str:
    family = {4: "IPv4", 6: "IPv6"}.get(bound.family, "all")
    if not bound.defined:
        return f"{bound.name} ({family}, not defined)"
    if isinstance(bound.any_source, Known) and bound.any_source.value:
        return f"{bound.name} ({family}, admits any source)"
    return f"{bound.name} ({family}, {len(bound.admitted)} sources)"


def _snmp(facts: Facts) -> Iterable[_Row]:
    for community in facts.snmp.communities:
        right = "read-write" if community.writable else "read-only"
        yield community.source, ["community", f"{right}, view {community.view or 'default'}", _bound(community.filters)]
    for group in facts.snmp.groups:
        views = f"read {group.read_view or 'default'}, write {group.write_view or 'none'}"
        yield (
            group.source,
            [f"group {group.name}", f"{group.version} {group.level}, {views}".strip(), _bound(group.filters)],
        )
    for host in facts.snmp.hosts:
        yield host.source, [f"receiver {host.address}", host.version, ""]


def _bound(filters: tuple[Filter, ...]) -> str:
    return ", ".join(map(_filter, filters)) or "any source"


def _logging(facts: Facts) -> Iterable[_Row]:
    logging = facts.logging
    logging.hosts_known.need()
    for host in logging.hosts:
        yield host.source, [host.address, host.transport, host.vrf]


def _tunnels(facts: Facts) -> Iterable[_Row]:
    for tunnel in facts.tunnels.tunnels:
        yield tunnel.source, [tunnel.name, tunnel.mode, tunnel.remote, "up" if tunnel.active else "shut down"]


def _crypto(facts: Facts) -> Iterable[_Row]:
    for peer in facts.crypto.peers:
        yield peer.source, [peer.name, peer.address or "any", peer.authentication, "any peer" if peer.any_peer else ""]


def _circuits(facts: Facts) -> Iterable[_Row]:
    for circuit in facts.pseudowires.circuits:
        ends = ", ".join(circuit.attachments)
        yield circuit.source, [circuit.name, circuit.kind, circuit.peer or "learned or local", ends]


def _routing(facts: Facts) -> Iterable[_Row]:
    for peer in facts.routing.bgp:
        guard = peer.authentication.value if isinstance(peer.authentication, Known) else "not known"
        policies = ", ".join(peer.policies_in) or "none"
        yield peer.source, [peer.address, peer.remote_as, peer.vrf, guard or "none", policies]


def _dialouts(facts: Facts) -> Iterable[_Row]:
    for call in facts.dialout.connections:
        rights = "gets a management session" if call.takes_commands else "receives data"
        yield call.source, [call.address or call.name, call.kind, rights]
    for transfer in facts.transfers.transfers:
        way = "sends" if transfer.outbound else "fetches"
        yield transfer.source, [transfer.host or "local", f"{transfer.kind} by {transfer.protocol}", way]


def _exporters(facts: Facts) -> Iterable[_Row]:
    for exporter in facts.exporters.exporters:
        yield (
            exporter.source,
            [exporter.address, exporter.protocol, "in use" if exporter.bound else "fed by nothing seen"],
        )


def _translations(facts: Facts) -> Iterable[_Row]:
    for rule in facts.nat.rules:
        yield (
            rule.source,
            [rule.kind, f"{rule.inside} {rule.inside_port}".strip(), f"{rule.outside} {rule.outside_port}".strip()],
        )


def _time(facts: Facts) -> Iterable[_Row]:
    for server in facts.time.servers:
        proven = isinstance(server.authenticated, Known) and server.authenticated.value
        yield server.source, [server.address, "authenticated" if proven else "not authenticated", server.vrf]
    for resolver in facts.names.resolvers:
        yield resolver.source, [resolver.address, "name server", resolver.vrf]


def _mirrors(facts: Facts) -> Iterable[_Row]:
    for mirror in facts.mirrors.sessions:
        goes = ", ".join(f"{end.kind} {end.value}" for end in mirror.destinations)
        yield mirror.sources[0], [mirror.name, mirror.kind, ", ".join(mirror.copied), goes]
    for capture in facts.mirrors.captures:
        yield capture.sources[0], [capture.name, "capture", ", ".join(capture.interfaces), capture.target or "memory"]


def _code(facts: Facts) -> Iterable[_Row]:
    for policy in facts.scripts.policies:
        yield policy.sources[0], [policy.name, policy.kind, policy.trigger]
    for job in facts.scripts.jobs:
        yield job.sources[0], [job.name, "scheduled", job.when]
    for script in facts.scripts.scripts:
        yield script.sources[0], [script.name, script.kind, script.path]
    for alias in facts.scripts.aliases:
        yield alias.source, [alias.name, "alias", alias.command]
    for app in facts.containers.apps:
        yield app.sources[0], [app.name, "hosted application", "started" if app.started else "not started"]


def _interfaces(facts: Facts) -> Iterable[_Row]:
    for interface in facts.interfaces.interfaces:
        if interface.addresses:
            yield (
                interface.source,
                [interface.name, ", ".join(interface.addresses), interface.vrf, interface.description],
            )


_TOPICS: tuple[tuple[str, tuple[str, ...], Callable[[Facts], Iterable[_Row]]], ...] = (
    ("Accounts and passwords", ("Name", "Rights", "Stored as"), _accounts),
    ("Public keys that let people in", ("User", "Key", "Comment"), _keys),
    ("Servers that decide on logins", ("Server", "Protocol", "Group and order"), _servers),
    ("How logins are checked", ("List", "Methods in order"), _lists),
    ("Ways in to the command line", ("Where", "Accepts", "Source lists"), _ways_in),
    ("Services that answer on the network", ("Service", "State", "Port", "Source lists"), _services),
    ("SNMP", ("Principal", "Rights", "Source lists"), _snmp),
    ("Receivers of logs", ("Address", "Transport", "VRF"), _logging),
    ("Tunnels", ("Interface", "Kind", "Remote end", "State"), _tunnels),
    ("IPsec and IKE peers", ("Name", "Peer", "Authentication", "Note"), _crypto),
    ("Layer-2 circuits", ("Name", "Kind", "Other end", "Attached to"), _circuits),
    ("Copies of traffic", ("Copy", "Kind", "What is copied", "Where it goes"), _mirrors),
    ("Receivers of flow records", ("Address", "Protocol", "State"), _exporters),
    ("Connections and transfers that the device starts", ("Other end", "Kind", "What it does"), _dialouts),
    ("Address translation", ("Kind", "Inside", "Outside"), _translations),
    ("Time and names", ("Server", "What", "VRF"), _time),
    ("BGP neighbours", ("Neighbour", "AS", "VRF", "Authentication", "Policies in"), _routing),
    ("Code on the device", ("Name", "Kind", "Trigger or state"), _code),
    ("Addresses", ("Interface", "Addresses", "VRF", "Description"), _interfaces),
)
