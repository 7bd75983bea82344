"""Fills the fix of a check with values from a device; a value that is not plainly harmless is left as a blank to fill."""

import re
from string import Template

_HARMLESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:/@+-]{0,63}")
"""A fix is pasted into a router by a person: no quotes, no line ends, no shell or CLI separators."""


def fill(template: str, values: dict[str, str]) -> str:
    """The template with `$name` replaced; names without a harmless value become `<NAME>`."""
    return Template(template).safe_substitute(_Safe(values))


class _Safe(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"<{name.upper()}>"

    def __getitem__(self, name: str) -> str:
        value = dict.get(self, name)
        return value if value is not None and _HARMLESS.fullmatch(value) else f"<{name.upper()}>"
