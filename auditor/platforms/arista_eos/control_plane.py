"""What reaches the processor (syntax-ios-family D.4, D.8)."""

from auditor.model.areas import ControlPlane, Filter
from auditor.model.evidence import Known
from auditor.platforms.arista_eos.context import Context
from auditor.platforms.arista_eos.defaults import BUILTIN_POLICING
from auditor.platforms.arista_eos.vrfs import BUILTIN_LIST

_FAMILIES = {"ip": 4, "ipv6": 6}


def control_plane(context: Context) -> ControlPlane:
    """Read `system control-plane` (before 4.23 `control-plane`): `ip access-group A [vrf V] in`, `service-policy input P`.

    A list of one's own takes the place of the built-in one.
    """
    config = context.config
    filters: list[Filter] = []
    builtin: list[Filter] = []
    sources = []
    policies = []
    for start in ("system control-plane", "control-plane"):
        for node in config.find(start):
            config.use(node)
            sources.append(config.source(node))
            for inner in node.children:
                words = inner.words
                source = config.source(inner)
                match words:
                    case [("ip" | "ipv6") as family, "access-group", name, *_] if name == BUILTIN_LIST:
                        everybody = Known(True, (source,), default=BUILTIN_POLICING)
                        builtin.append(Filter(name, _FAMILIES[family], source, any_source=everybody))
                    case [("ip" | "ipv6") as family, "access-group", name, *_]:
                        filters.append(context.filter(name, _FAMILIES[family], "control-plane", source))
                    case ["service-policy", *_]:
                        policies.append(source)
                    case ["ip" | "ipv6", "access-group", "default", *_] | ["tcp", "mss", *_] | ["exit"]:
                        pass
                    case _:
                        continue
                config.use(inner)
                sources.append(source)
    bound = tuple(one.bound for one in filters)
    return ControlPlane(
        policed=Known(True, (*policies, *bound)) if policies or bound else Known(True, default=BUILTIN_POLICING),
        builtin=BUILTIN_POLICING,
        filters=(*filters, *builtin),
        sources=tuple(sources),
    )
