"""Services that answer on the network (syntax-ios-family A.4)."""

from auditor.model.areas import AccessPoint, Filter, Service, ServiceKind, Services
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.cisco_ios.acls import Lists
from auditor.platforms.cisco_ios.defaults import Defaults
from auditor.platforms.common.reader import Reader


def services(
    reader: Reader, lists: Lists, points: tuple[AccessPoint, ...], defaults: Defaults, complete: Setting[bool]
) -> Services:
    """Read web server, Smart Install and SSH ports; Telnet is what the lines accept."""
    found = [
        Service(ServiceKind.TELNET, _telnet(points)),
        Service(ServiceKind.HTTP, _http(reader, defaults, complete), filters=tuple(_http_filters(reader, lists))),
        *_ssh_listeners(reader),
    ]
    smart_install = _smart_install(reader, complete)
    if smart_install is not None:
        found.append(Service(ServiceKind.SMART_INSTALL, smart_install))
    return Services(tuple(found))


def _telnet(points: tuple[AccessPoint, ...]) -> Setting[bool]:
    """On when a line accepts it; unknown when a VTY line does not say what it accepts."""
    sources: list[Source] = []
    for point in points:
        if isinstance(point.protocols, Known) and "telnet" in point.protocols.value:
            sources += point.protocol_sources
    if sources:
        return Known(True, tuple(sources))
    unclear = next((point.protocols for point in points if isinstance(point.protocols, Unknown)), None)
    if unclear is not None:
        return unclear
    return Known(False, tuple(source for point in points for source in point.protocol_sources))


def _http(reader: Reader, defaults: Defaults, complete: Setting[bool]) -> Setting[bool]:
    node = reader.last("ip http server")
    if node is not None:
        return Known(not node.text.startswith("no "), (reader.source(node),))
    if isinstance(complete, Unknown):
        return complete
    if defaults.http_server_on:
        return Known(True, default=defaults.http_server_on)
    return Unknown(Code.DEFAULT, "neither 'ip http server' nor 'no ip http server' is printed")


def _http_filters(reader: Reader, lists: Lists) -> list[Filter]:
    """`ip http access-class [ipv4|ipv6] A`; where both web servers are off it limits nothing and is left out."""
    found = []
    switches = [reader.last("ip http server"), reader.last("ip http secure-server")]
    off = all(node is not None and node.text.startswith("no ") for node in switches)
    for words, node in reader.take("ip http access-class"):
        match words:
            case ["ipv4" | "ipv6" as family, name, *_]:
                found.append(lists.on_service(name, 6 if family == "ipv6" else 4, reader.source(node)))
            case [name, *_]:
                found.append(lists.on_service(name, 4, reader.source(node)))
    return [] if off else found


def _smart_install(reader: Reader, complete: Setting[bool]) -> Setting[bool] | None:
    """`no vstack` is off, `vstack ...` is on; absent on a switch it depends on the model, on a router there is none."""
    node = reader.last("vstack")
    if node is not None:
        return Known(node.text != "no vstack", (reader.source(node),))
    if _is_switch(reader):
        return Unknown(
            Code.DEFAULT,
            "no 'vstack' line: where the image supports Smart Install the client is on (cisco-sa-20180409-smi)",
        )
    return complete if isinstance(complete, Unknown) else None


def _is_switch(reader: Reader) -> bool:
    if any(True for start in ("switch", "spanning-tree mode", "vtp mode") for _ in reader.find(start)):
        return True
    return any(True for port in reader.find("interface") for _ in reader.find("switchport", port))


def _ssh_listeners(reader: Reader) -> list[Service]:
    """`ip ssh port N rotary LOW [HIGH]`, and the lines whose `rotary` is one of these groups."""
    return [
        Service(
            ServiceKind.SSH,
            Known(True, (reader.source(node),)),
            sources=(reader.source(node),),
            port=int(words[0]),
            bound=_rotaries(reader, words[2:]),
        )
        for words, node in reader.take("ip ssh port")
        if words and words[0].isdigit() and words[0] != "22"
    ]


def _rotaries(reader: Reader, groups: list[str]) -> tuple[Source, ...]:
    numbers = [int(group) for group in groups if group.isdigit()]
    found = [(words, node) for line in reader.find("line") for words, node in reader.take("rotary", line)]
    return tuple(
        reader.source(node)
        for words, node in found
        if numbers and words and words[0].isdigit() and numbers[0] <= int(words[0]) <= numbers[-1]
    )
