"""Identity and texts before login (syntax-other-families B1.4, B4)."""

from collections.abc import Sequence

from auditor.model.areas import Banner, System
from auditor.model.evidence import Code, Known, Setting, Source, Unknown
from auditor.platforms.nokia_sros.statements import SrosReader
from auditor.platforms.nokia_sros.text import RELEASE, TIMOS

_HEADER = 200
"""Lines at the beginning of a document in which its header is looked for."""


def version(documents: Sequence[tuple[str, list[str]]]) -> tuple[Setting[str], Setting[str]]:
    """Release and model: `# TiMOS-B-26.3.R1 both/x86_64 Nokia 7750 SR-1 Copyright ...`, also of `show version`."""
    for name, lines in documents:
        for number, line in enumerate(lines[:_HEADER], 1):
            if match := TIMOS.match(line.strip()):
                source = (Source(name, number, number, line.strip()),)
                model: Setting[str] = Known(match["model"], source) if match["model"] else _no_model()
                return Known(match["version"], source), model
    for name, lines in documents:
        for number, line in enumerate(lines[:_HEADER], 1):
            if match := RELEASE.match(line.strip()):
                source = (Source(name, number, number, line.strip()),)
                return Known(match[1], source), _no_model()
    return Unknown(Code.VERSION, "the documents name no release (no line '# TiMOS-...')"), _no_model()


def _no_model() -> Unknown:
    return Unknown(Code.VERSION, "the documents name no hardware model (no line '# TiMOS-...')")


def system(reader: SrosReader, model: Setting[str]) -> System:
    """`login-control pre-login-message message "..."` is shown before login, `motd text|url` and the login banner after.

    `system name`, `contact`, `location` and `coordinates` are names.
    """
    for name in ("name", "contact", "location", "coordinates", "clli-code"):
        reader.leaf("system", name)
    banners = []
    control = reader.find("system", "login-control")
    before = reader.find("pre-login-message", inside=control) if control is not None else None
    if before is not None:
        text = reader.leaf("message", inside=before) or reader.leaf(inside=before)
        reader.switch("name", inside=before)
        if text is not None:
            banners.append(Banner("pre-login-message", True, reader.source(text), empty=not text.text.strip()))
    for kind in ("text", "url"):
        motd = reader.leaf("system", "login-control", "motd", kind)
        if motd is not None:
            banners.append(Banner("motd", False, reader.source(motd), empty=not motd.text.strip()))
    shown = reader.switch("system", "login-control", "login-banner")
    if shown is not None and shown.value:
        banners.append(Banner("login-banner", False, shown.sources[0]))
    return System(model=model, banners=tuple(banners))
