"""Where the clock is set from: chrony.conf (chrony.conf(5) of chrony 4.3)."""

from auditor.model.areas import AclEntry, Filter, Time, TimeServer
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.common.acl import ANY4, ANY6, admits_any, admitted
from auditor.platforms.common.reader import Reader

_QUIET = (
    "driftfile", "makestep", "rtcsync", "logdir", "log", "leapsectz", "ntsdumpdir", "maxupdateskew", "confdir", "sourcedir", "hwtimestamp", "minsources",
    "bindcmdaddress", "cmdport", "user", "dumpdir", "rtcfile", "stratumweight", "maxdistance", "port", "initstepslew", "local", "cmdallow", "include",
    "keyfile", "bindaddress", "smoothtime", "authselectmode", "ntstrustedcerts", "lock_all", "sched_priority", "deny", "==>",
)  # fmt: skip
_UNREAD_KEYS = Unknown(Code.STATE, "needs the file of keys, which is not collected because it holds secrets")


def time(reader: Reader) -> Time:
    """Read `server|pool|peer A [key N] [nts]`, `allow [P]`, `keyfile F`; chrony answers nobody without `allow`."""
    servers = []
    for start in ("server", "pool", "peer"):
        for words, node in reader.take(start):
            if not words:
                reader.give_back(node)
                continue
            key = words[words.index("key") + 1] if "key" in words[:-1] else ""
            source = reader.source(node)
            nts = "nts" in words
            sure: Setting[bool] = Known(nts, (source,)) if nts or not key else _UNREAD_KEYS
            servers.append(TimeServer(words[0], source, key=key, authenticated=sure, peer=start == "peer", nts=nts))
    for start in _QUIET:
        reader.use(*reader.find(start))
    allowed = list(reader.take("allow"))
    entries = [AclEntry(True, _from(words), reader.source(node)) for words, node in allowed]
    lines: tuple[Source, ...] = tuple(entry.source for entry in entries)
    filters: tuple[Filter, ...] = ()
    if entries:
        filters = (Filter("allow", 0, lines[0], any_source=admits_any(entries), admitted=admitted(entries)),)
    serves: Setting[bool] = (
        Known(True, lines) if lines else Known(False, default="chrony.conf(5): without 'allow' no client is answered")
    )
    return Time(tuple(sorted(servers, key=lambda one: one.source.line)), serves=serves, filters=filters)


def _from(words: list[str]) -> tuple[str, ...]:
    rest = [word for word in words if word != "all"]
    if not rest:
        return (ANY4, ANY6)
    text = rest[0]
    if "/" in text or ":" in text:
        return (text,)
    parts = text.split(".")
    return (
        (f"{'.'.join((parts + ['0'] * 4)[:4])}/{8 * len(parts)}",)
        if all(part.isdigit() for part in parts) and len(parts) < 5
        else ()
    )
