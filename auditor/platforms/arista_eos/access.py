"""Ways in to the command line (syntax-ios-family D.4)."""

from auditor.model.areas import Access, AccessPoint, Accounts, PointKind
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.ports import DEFAULT_VRF
from auditor.platforms.arista_eos.text import number
from auditor.platforms.arista_eos.vrfs import Families, Instance, instances
from auditor.syntax.tree import Node

_PORTS = {"ssh": "22 ssh", "telnet": "23 telnet"}
_CONSOLE = "management console"


def ways(context: Context, protocol: str) -> dict[str, Instance]:
    """SSH or Telnet by VRF; SSH is on in the default VRF when nothing is written."""
    name = f"management {protocol}"
    nodes = list(context.config.find(name))
    port = _PORTS[protocol]
    for node in nodes:
        for words, _ in context.config.take("server-port", node):
            port = words[0] if words else port
    return instances(context, nodes, name, port, context.absent(name, bool))


def access(
    context: Context, ssh: dict[str, Instance], telnet: dict[str, Instance], families: Families, users: Accounts
) -> Access:
    """Read `management {ssh|telnet|console}` with its VRFs, lists and `idle-timeout MINUTES`."""
    config = context.config
    points = []
    for protocol, instances_ in (("ssh", ssh), ("telnet", telnet)):
        nodes = list(config.find(f"management {protocol}"))
        idle = _idle(context, nodes, protocol)
        login_open = _without_password(context, nodes, users) if protocol == "ssh" else None
        points += [
            _point(context, protocol, one, families, idle, login_open)
            for one in instances_.values()
            if one.sources or (protocol == "ssh" and one.vrf == DEFAULT_VRF)
        ]
    console = list(config.find(_CONSOLE))
    config.use(*console)
    authentication = list(config.find("aaa authentication login console"))
    points.append(
        AccessPoint(
            name="console",
            source=config.source(console[-1]) if console else context.vantage,
            protocols=Known(()),
            login_list="console" if authentication else "default",
            kind=PointKind.CONSOLE,
            idle_seconds=_idle(context, console, "console"),
        )
    )
    return Access(tuple(points))


def _point(
    context: Context, protocol: str, one: Instance, families: Families, idle: Setting[int], login_open: Source | None
) -> AccessPoint:
    vrf = "" if one.vrf == DEFAULT_VRF else f" vrf {one.vrf}"
    return AccessPoint(
        name=f"management {protocol}{vrf}",
        source=one.sources[0] if one.sources else context.vantage,
        protocols=_protocols(protocol, one.enabled),
        protocol_sources=one.enabled.sources,
        filters=tuple(one.filters),
        open_families=one.open(families, context.complete),
        login_open=login_open,
        login_list="default",
        idle_seconds=idle,
        vrfs=(one.vrf,),
    )


def _protocols(protocol: str, enabled: Setting[bool]) -> Setting[tuple[str, ...]]:
    if isinstance(enabled, Unknown):
        return enabled
    return Known((protocol,) if enabled.value else (), enabled.sources, enabled.default)


def _idle(context: Context, nodes: list[Node], name: str) -> Setting[int]:
    """`idle-timeout MINUTES`; 0 for never."""
    config = context.config
    found: Setting[int] | None = None
    for node in nodes:
        for words, inner in config.take("idle-timeout", node):
            minutes = number(words[0]) if words else None
            source = config.source(inner)
            found = (
                Known(minutes * 60, (source,))
                if minutes is not None
                else Unknown(Code.CUT, "an idle time that is no number", (source,))
            )
    return found if found is not None else context.absent(f"idle-timeout ({name})", int)


def _without_password(context: Context, nodes: list[Node], users: Accounts) -> Source | None:
    """`authentication empty-passwords permit` opens SSH as far as there is somebody without a password."""
    permit: Source | None = None
    for node in nodes:
        for words, inner in context.config.take("authentication empty-passwords", node):
            permit = context.config.source(inner) if words[:1] == ["permit"] else None
    return permit if permit is not None and any(user.passwordless for user in users.users) else None
