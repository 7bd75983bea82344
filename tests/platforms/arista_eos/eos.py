"""Reads a text as the running configuration of an EOS device."""

from __future__ import annotations

import json

from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.arista_eos import platform
from auditor.platforms.common.definition import Reading
from auditor.syntax.mask import Masker

KEY = b"the key of the tests"
HEADER = "! Command: show running-config\n! device: r1 (DCS-7280SR3-48YC8, EOS-4.30.1F)\n!\n"


def read(config: str | bytes, *others: tuple[str, str]) -> Reading:
    content = config.encode() if isinstance(config, str) else config
    documents = [Document(RUNNING, content), *(Document(name, text.encode()) for name, text in others)]
    return platform.read(Device(name="r1", platform=platform.name), documents, [], Masker(KEY))


def facts(config: str) -> Facts:
    """The facts of statements in a whole configuration."""
    return read(f"{HEADER}{config}\nend\n").facts


def as_json(config: str, indent: int | None = 2) -> str:
    """The JSON form of a configuration in text."""
    root: dict[str, object] = {}
    stack: list[tuple[int, dict[str, object]]] = [(-1, root)]
    lines = iter(config.splitlines())
    header = []
    for line in lines:
        text = line.strip()
        if line.startswith("! device") or line.startswith("! Command"):
            header.append(line)
        if not text or (text[0] == "!" and "boot system" not in text) or line == "end":
            continue
        if text.startswith("banner ") or text in ("comment", "action bash", "protocol https certificate"):
            ends = 2 if text == "protocol https certificate" else 1
            body = [text]
            while ends:
                body.append(next(lines).strip())
                ends -= body[-1] == "EOF"
            text = "\n".join(body)
        depth = len(line) - len(line.lstrip())
        while stack[-1][0] >= depth:
            stack.pop()
        parent = stack[-1][1]
        inner: dict[str, object] = {}
        parent[text] = inner
        stack.append((depth, inner))
    return json.dumps({"header": header, "comments": [], "cmds": _wrapped(root)}, indent=indent)


def _wrapped(node: dict[str, object]) -> dict[str, object]:
    return {
        name: {"comments": [], "cmds": _wrapped(inner)} if isinstance(inner, dict) and inner else None
        for name, inner in node.items()
    }
