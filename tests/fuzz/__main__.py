"""`python -m tests.fuzz FAMILY --seconds N`: fuzz the readers of a family with atheris (extra `fuzz`).

An input that breaks a promise is written to the working folder by libFuzzer; put it, made small, into `tests/fuzz/seeds`
as `<platform>-<what>.txt`, where `test_seeds.py` keeps it for good.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["auditor"]):
    from auditor.engine.packs import load
    from tests.fuzz.target import FAMILIES, check, look

    PLATFORMS = load().platforms

CORPUS = Path(os.environ.get("AUDITOR_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus") / "configs"
SPECIAL = (
    b"{",
    b"}",
    b'"',
    b"[",
    b"]",
    b";",
    b"\\",
    b"#",
    b"!",
    b"\r",
    b"\0",
    b"^C",
    b"exit",
    b"no ",
    b"\t",
    b"    ",
    b"*/",
    b"/*",
    b"<",
    b">",
)


def main() -> None:
    """Run one family for a while."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=sorted(FAMILIES))
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--folder", type=Path, help="inputs that are kept from run to run")
    options = parser.parse_args()
    names = FAMILIES[options.family]
    lines = _lines(names)

    def one(data: bytes) -> None:
        if not data:
            return
        check(PLATFORMS[names[data[0] % len(names)]], data[1:])
        if data[0] > 250:
            look(PLATFORMS, data[1:])

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return _by_lines(data, chance, lines)[:most]

    arguments = [
        sys.argv[0],
        f"-max_total_time={options.seconds}",
        "-max_len=20000",
        "-timeout=30",
        "-rss_limit_mb=2048",
    ]
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        _seed(options.folder, names)
        arguments += [f"-artifact_prefix={options.folder}.found-", str(options.folder)]
    atheris.Setup(arguments, one, custom_mutator=mutate)
    atheris.Fuzz()


def _files(names: tuple[str, ...]) -> list[tuple[int, bytes]]:
    return [
        (index, path.read_bytes())
        for index, name in enumerate(names)
        for path in sorted((CORPUS / name).glob("*"))
        if path.is_file()
    ]


def _seed(folder: Path, names: tuple[str, ...]) -> None:
    for number, (index, content) in enumerate(_files(names)):
        (folder / f"corpus-{number}").write_bytes(bytes([index]) + content[:19000])


def _lines(names: tuple[str, ...]) -> list[bytes]:
    """Lines of real files: what a mutation puts in."""
    return sorted({line for _, content in _files(names) for line in content.split(b"\n")}) or [b"exit"]


def _by_lines(data: bytes, chance: random.Random, known: list[bytes]) -> bytes:
    """Change whole lines: configurations break at their lines, rarely at a byte."""
    head, rows = data[:1] or b"\0", data[1:].split(b"\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(rows) + 1)
        match chance.randrange(7):
            case 0:
                rows[at:at] = chance.choices(known, k=chance.randint(1, 3))
            case 1:
                del rows[at : at + chance.randint(1, 5)]
            case 2:
                rows[at:at] = rows[at : at + chance.randint(1, 5)]
            case 3 if at < len(rows):
                rows[at] = b" " * chance.randint(0, 6) + rows[at].lstrip()
            case 4 if at < len(rows):
                words = rows[at].split(b" ")
                words[chance.randrange(len(words))] = chance.choice(SPECIAL)
                rows[at] = b" ".join(words)
            case 5 if at < len(rows):
                rows[at] = rows[at][: chance.randint(0, len(rows[at]))]
            case 6:
                rows[at:at] = rows[chance.randrange(len(rows) + 1) :][:3]
        rows = rows or [b""]
    return head + b"\n".join(rows)


if __name__ == "__main__":
    main()
