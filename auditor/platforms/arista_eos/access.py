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
    points = [
        _point(context, "ssh", one, families, users) for one in ssh.values() if one.vrf == DEFAULT_VRF or one.sources
    ]
    points += [_point(context, "telnet", one, families, users) for one in telnet.values() if one.sources]
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


def _point(context: Context, protocol: str, one: Instance, families: Families, users: Accounts) -> AccessPoint:
    nodes = list(context.config.find(f"management {protocol}"))
    vrf = "" if one.vrf == DEFAULT_VRF else f" vrf {one.vrf}"
    return AccessPoint(
        name=f"management {protocol}{vrf}",
        source=one.sources[0] if one.sources else context.vantage,
        protocols=_protocols(protocol, one.enabled),
        protocol_sources=one.enabled.sources,
        filters=tuple(one.filters),
        open_families=one.open(families, context.complete),
        login_open=_without_password(context, nodes, users) if protocol == "ssh" else None,
        login_list="default",
        idle_seconds=_idle(context, nodes, protocol),
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
