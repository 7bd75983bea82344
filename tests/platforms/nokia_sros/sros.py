"""What the tests of this platform share."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

from auditor.model.device import Device
from auditor.model.facts import Facts
from auditor.model.snapshot import RUNNING, Document
from auditor.platforms.common.definition import Reading
from auditor.platforms.nokia_sros import platform
from auditor.syntax.mask import Masker

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[4] / "shared" / "corpus") / "configs"
FILES = sorted((CORPUS / "nokia_sros").glob("*")) if CORPUS.is_dir() else []


def read(text: str | bytes, **others: str) -> Reading:
    """A running configuration, and other documents by name (`bof`)."""
    content = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
    documents = [Document(RUNNING, content), *(Document(name, dedent(one).encode()) for name, one in others.items())]
    return platform.read(Device("r1"), documents, [], Masker(b"key of the tests"))


def facts(text: str | bytes, **others: str) -> Facts:
    """The facts of a running configuration."""
    return read(text, **others).facts


HEADER = "# TiMOS-B-24.10.R1 both/x86_64 Nokia 7750 SR-1 Copyright (c) 2000-2024 Nokia.\n"
FINISHED = "\n# Finished 2026-06-05T04:46:54.8+00:00\n"


def md(body: str) -> str:
    """A whole configuration in blocks, around what stands below `configure`."""
    return f"{HEADER}configure {{\n{dedent(body)}\n}}\n{FINISHED}"


def classic(body: str) -> str:
    """A whole configuration in the classic form, around what stands below `configure`."""
    inner = "".join(f"    {line}\n" if line.strip() else "\n" for line in dedent(body).strip("\n").split("\n"))
    return f"{HEADER}exit all\nconfigure\n{inner}exit all\n{FINISHED}"


def flat(body: str) -> str:
    """A whole configuration in flat lines."""
    lines = "".join(f"/configure {line.strip()}\n" for line in dedent(body).strip().split("\n"))
    return f"{HEADER}{lines}{FINISHED}"


def folded(line: str) -> str:
    """A flat statement with a part of its path in braces: `words { words }`."""
    first, _, rest = line.strip().partition(" ")
    return f"{first} {{ {rest} }}"


def full_context(body: str) -> str:
    """A whole configuration as `info full-context` prints it: every statement with its path in braces."""
    lines = "".join(f"configure {{ {line.strip()} }}\n" for line in dedent(body).strip().split("\n"))
    return f"{HEADER}{lines}{FINISHED}"
