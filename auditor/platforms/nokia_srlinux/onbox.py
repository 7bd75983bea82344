"""Code on the device, as far as the configuration names it."""

from auditor.model.areas import Containers, EventPolicy, Scripts
from auditor.model.evidence import Code, Known, Setting, Unknown
from auditor.platforms.nokia_srlinux.reading import SrlReader
from auditor.platforms.nokia_srlinux.tree import Element


def scripts(reader: SrlReader) -> Scripts:
    """Handlers of events: `system event-handler instance I admin-state S paths [..] upython-script F options object O`."""
    top = reader.system.at("event-handler")
    return Scripts(
        policies=tuple(_handler(reader, top, one) for one in top.all("instance")),
        shell=_shell(reader),
    )


def _shell(reader: SrlReader) -> Setting[bool]:
    """`disable-shell true` at every SSH server keeps operators from the shell of Linux; it is allowed unless written."""
    servers = [one for one in reader.system.all("ssh-server") if one.words]
    closed = [one for one in servers if one.leaf("disable-shell") == "true"]
    if servers and len(closed) == len(servers):
        return Known(False, tuple(reader.at(one, "disable-shell") for one in closed))
    if not servers:
        return Unknown(Code.DEFAULT, "no SSH server is configured that says whether a shell is allowed")
    opened = [one for one in servers if one.leaf("disable-shell") == "false"]
    if opened:
        return Known(True, tuple(reader.at(one, "disable-shell") for one in opened))
    return Known(True, tuple(reader.source(one) for one in servers if one not in closed), default=_ALLOWED)


_ALLOWED = "disable-shell is false unless written; syntax-other-families C4 (model 25.3.1)"


def _handler(reader: SrlReader, top: Element, element: Element) -> EventPolicy:
    element.use("options", "reload")
    paths = element.leaves("paths")
    return EventPolicy(
        name=element.key,
        kind="event handler",
        sources=(*reader.inside(element), *((reader.at(top, "run-as-user"),) if top.leaf("run-as-user") else ())),
        trigger=" ".join((*paths, element.leaf("upython-script"))),
        trigger_sources=(reader.at(element, "paths"),) if paths else (),
        active=element.leaf("admin-state", "disable") == "enable",
    )


def containers() -> Containers:
    """Agents and containers stand in files of the Linux system, not in the configuration (reference C10)."""
    return Containers(
        host=Unknown(Code.STATE, "agents and containers are shown by 'show system application *' and the Linux system")
    )
