"""Helps to test readers of outputs: an output in, the topics of the state out as plain data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from auditor.model.evidence import Unknown
from auditor.model.snapshot import Document
from auditor.platforms.common.definition import PlatformDefinition
from auditor.platforms.common.outputs import state
from auditor.syntax.mask import Masker
from tests.platforms.golden import plain

SAMPLES = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus") / "outputs"


def seen(platform: PlatformDefinition, command: str, text: bytes | str) -> dict[str, Any]:
    """The topics that the output of a command shows, as plain data; an unknown one as its reason."""
    content = text.encode() if isinstance(text, str) else text
    document = Document("output", content, command=command, collected_at="2026-11-24T10:00:00+00:00")
    found, _ = state((document,), (), platform.outputs(), Masker(b"key"))
    topics = platform.outputs().readers[command].topics
    return {topic: _told(getattr(found, topic)) for topic in topics}


def _told(value: Any) -> Any:
    return value.reason if isinstance(value, Unknown) else plain(value)


def brief(rows: list[dict[str, Any]], *fields: str) -> list[tuple[Any, ...]]:
    """Chosen fields of objects."""
    return [tuple(row[field] for field in fields) for row in rows]
