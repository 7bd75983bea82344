"""What reaches the device's own processor (syntax-other-families B8).

system security cpm-filter { default-action drop; ip-filter { admin-state enable; entry N { ... } } }
system security cpu-protection policy N, dist-cpu-protection policy "P"; interface I cpu-protection N
"""

from auditor.model.areas import ControlPlane
from auditor.model.evidence import Known, Setting, Source
from auditor.platforms.nokia_sros.acls import CPM, Filters
from auditor.platforms.nokia_sros.places import places
from auditor.platforms.nokia_sros.statements import SrosReader

_BUILTIN = "SR OS: CPM queues and CPU protection policies 254 and 255 are shipped (syntax-other-families B8)"
_SECURITY = ("system", "security")
_FIRST_SSH_PORT = 22


def control_plane(reader: SrosReader, filters: Filters) -> ControlPlane:
    """CPM and management access filters that are on, and policies of CPU protection that are configured."""
    sources: list[Source] = []
    for name in ("cpu-protection", "dist-cpu-protection", "per-peer-queuing", "cpm-queue"):
        word = reader.find(*_SECURITY, name)
        if word is not None:
            reader.use_block(word)
            if name != "per-peer-queuing":
                sources.append(reader.source(word))
    reader.leaf(*CPM, "default-action")
    for place in places(reader):
        for name in ("cpu-protection", "dist-cpu-protection"):
            word = place.word.children.get(name)
            if word is not None:
                reader.use_block(word)
    active = [guard for guard in filters.guards if guard.active]
    cpm = [guard for guard in active if guard.acl.name.startswith("cpm-filter")]
    policed: Setting[bool] = Known(bool(cpm or sources), (*(guard.bound for guard in cpm), *sources))
    return ControlPlane(
        policed=policed,
        builtin=_BUILTIN,
        filters=tuple(guard.filter(_FIRST_SSH_PORT) for guard in active),
        egress=Known(False),
        sources=(*(guard.bound for guard in active), *sources),
    )
