"""What is booted, whom the device calls, whom it asks for names."""

from auditor.model.areas import Boot, Dialout, Dialouts, Names, Resolver
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.nokia_srlinux.reading import SrlReader


def boot(reader: SrlReader) -> Boot:
    """Automatic provisioning: `system boot autoboot admin-state S mode M interface I`."""
    auto = reader.system.at("boot", "autoboot")
    auto.use("attempts", "client-id", "interface", "mode", "timeout")
    reader.system.at("boot").use("fips-140")
    state: Setting[bool]
    if auto.has("admin-state"):
        state = Known(auto.leaf("admin-state") == "enable", (reader.at(auto, "admin-state"),))
    else:
        state = Unknown(Code.DEFAULT, "no 'autoboot admin-state', and its default is not documented")
    return Boot(autoinstall=state)


def dialout(reader: SrlReader) -> Dialouts:
    """Connections that the device opens: `system grpc-tunnel destination D address A port P`, `tunnel T destination D`."""
    top = reader.system.at("grpc-tunnel")
    found = []
    for one in top.all("destination"):
        one.use_all()
        port = one.leaf("port")
        found.append(
            Dialout(
                kind="grpc-tunnel",
                address=one.leaf("address"),
                source=reader.source(one),
                name=one.key,
                port=int(port) if port.isdigit() else None,
                vrf=one.leaf("network-instance"),
                takes_commands=True,
                tls=Known(bool(one.leaf("tls-profile")), (reader.at(one, "tls-profile"),)),
                sources=reader.inside(one),
            )
        )
    top.use("tunnel")
    return Dialouts(tuple(found))


def names(reader: SrlReader) -> Names:
    """Resolvers: `system dns network-instance N server-list [ A B ] host-entry H ipv4-address A`.

    `system dns-instance D` holds the same for one network-instance (configurations of 25.10, github.com/nokia/SReXperts).
    """
    resolvers: list[Resolver] = []
    hosts: list[Source] = []
    for top in (reader.system.at("dns"), *reader.system.all("dns-instance")):
        top.use("search-list", "source-address", "admin-state")
        vrf = top.leaf("network-instance")
        resolvers += [Resolver(address, reader.at(top, "server-list"), vrf) for address in top.leaves("server-list")]
        for one in top.all("host-entry"):
            one.use("ipv4-address", "ipv6-address")
            hosts.append(reader.source(one))
    sources = tuple(dict.fromkeys(one.source for one in resolvers))
    return Names(
        resolvers=tuple(resolvers),
        lookup=Known(True, sources) if resolvers else Unknown(Code.DEFAULT, "no server-list is written"),
        static_hosts=tuple(hosts),
        dynamic=_learned(reader),
    )


def _learned(reader: SrlReader) -> Setting[bool]:
    """DHCP on the management interface brings resolvers."""
    found = [
        reader.source(sub.at(word, "dhcp-client"))
        for interface in reader.root.all("interface")
        for sub in interface.all("subinterface")
        for word in ("ipv4", "ipv6")
        if sub.at(word).has("dhcp-client")
    ]
    return Known(bool(found), tuple(found))
