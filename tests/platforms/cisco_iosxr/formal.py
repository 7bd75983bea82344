"""Writes a configuration in the formal form: every statement on a line of its own with the names of its levels."""

from __future__ import annotations

_TEXT = ("route-policy ", "prefix-set ", "community-set ", "banner ", "class-map ", "policy-map ")


def formal(config: str) -> str:
    """The configuration as `show running-config formal` prints it."""
    out: list[str] = []
    levels: list[str] = []
    text_end = ""
    group = False
    lines = config.splitlines()
    for index, line in enumerate(lines):
        stripped = line.strip()
        if text_end:
            out.append(line)
            text_end = "" if stripped.endswith(text_end) else text_end
            continue
        if group:
            out.append(line)
            group = stripped != "end-group"
            continue
        if line.startswith(_TEXT):
            out.append(line)
            text_end = {"r": "end-policy", "b": "^C"}.get(line[0], "end-set")
            if line.startswith(("class-map", "policy-map")):
                text_end = "end-class-map" if line.startswith("class") else "end-policy-map"
            continue
        if line.startswith("group "):
            out.append(line)
            group = True
            continue
        if not stripped or stripped[0] == "!":
            out += [line] if line[:1] == "!" else []
            continue
        depth = len(line) - len(line.lstrip(" "))
        levels = [*levels[:depth], stripped]
        head = _has_children(lines, index)
        out.append(" ".join(levels) + (" " if head else ""))
    return "\n".join(out) + "\n"


def _has_children(lines: list[str], index: int) -> bool:
    depth = len(lines[index]) - len(lines[index].lstrip(" "))
    for line in lines[index + 1 :]:
        if line.strip() and line.strip()[0] != "!":
            return len(line) - len(line.lstrip(" ")) > depth
    return False
