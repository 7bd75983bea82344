"""Control-plane policing (syntax-ios-family C.8)."""

from auditor.model.areas import ControlPlane
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.cisco_nxos.context import Context


def control_plane(context: Context) -> ControlPlane:
    """Read `[no] copp profile {strict|moderate|lenient|dense}`, `control-plane` with `service-policy input P`."""
    reader = context.reader
    policed: Setting[bool] = context.absent("copp profile", bool)
    sources: list[Source] = []
    last = reader.last("copp profile")
    if last is not None:
        source = reader.source(last)
        off = last.text.startswith("no ") or last.words[-1] == "none"
        policed = Known(not off, (source,))
        sources.append(source)
    for _, node in reader.take("control-plane"):
        for inner in node.children:
            if inner.text.startswith("service-policy "):
                reader.use(inner)
                sources += [reader.source(node), reader.source(inner)]
                policed = Known(True, (reader.source(inner),))
            elif inner.text.startswith(("no service-policy", "scale-factor")):
                reader.use(inner)
    return ControlPlane(policed=policed, sources=tuple(sources))
