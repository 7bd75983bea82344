"""`python -m tests.fuzz FAMILY --seconds N`: fuzz the readers of a family with atheris (extra `fuzz`).

It starts from texts of our own: the cases of the checks and the benchmark's edges; `--corpus FOLDER` adds real files, and
what is found from these must not be committed. An input that breaks a promise is written to the working folder by
libFuzzer; put it, made small, into `tests/fuzz/seeds` as `<platform>-<what>.txt`, where `test_seeds.py` keeps it for good.
With `--keep N` so many inputs that the fuzzer made in `--folder` are put there, of all sizes up to 4,000 bytes.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import atheris
import yaml

from benchmarks.configurations import EDGES, provider_edge

with atheris.instrument_imports(include=["auditor"]):
    from auditor.engine.packs import load
    from tests.fuzz.target import FAMILIES, check, look

    PLATFORMS = load().platforms

CASES = Path(__file__).parents[1] / "checks"
SEEDS = Path(__file__).with_name("seeds")
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
    parser.add_argument("--corpus", type=Path, help="folder of real files, in a folder for each platform")
    parser.add_argument("--keep", type=int, help="no run: make seeds of this many inputs of --folder")
    options = parser.parse_args()
    names = FAMILIES[options.family]
    if options.keep:
        _keep(options.folder, names, options.keep)
        return
    files = _files(names, options.corpus)
    lines = sorted({line for _, content in files for line in content.split(b"\n")}) or [b"exit"]

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
        _seed(options.folder, files)
        arguments += [f"-artifact_prefix={options.folder}.found-", str(options.folder)]
    atheris.Setup(arguments, one, custom_mutator=mutate)
    atheris.Fuzz()


def _files(names: tuple[str, ...], corpus: Path | None) -> list[tuple[int, bytes]]:
    """(index of the platform, text) of what a run starts from."""
    found = [(names.index(name), text.encode()) for name, text in _own() if name in names]
    for index, name in enumerate(names):
        real = sorted((corpus / name).glob("*")) if corpus is not None else []
        found += [(index, path.read_bytes()) for path in real if path.is_file()]
    return list(dict.fromkeys(found))


def _own() -> Iterator[tuple[str, str]]:
    for edge in EDGES:
        yield edge.removesuffix("_set"), provider_edge(150, edge)
    for path in sorted(CASES.glob("*/*.yaml")):
        content = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for case in (*content.get("cases", ()), *content.get("pairs", ())):
            for part in ("config", "bad", "good"):
                if case.get(part):
                    yield case["platform"], case[part]


def _seed(folder: Path, files: list[tuple[int, bytes]]) -> None:
    for number, (index, content) in enumerate(files):
        (folder / f"start-{number}").write_bytes(bytes([index]) + content[:19000])


def _keep(folder: Path, names: tuple[str, ...], most: int) -> None:
    """Only what the fuzzer itself made: the inputs that a run starts from are tested elsewhere."""
    sizes = sorted((path.stat().st_size, path) for path in folder.iterdir() if not path.name.startswith("start-"))
    made = [path for size, path in sizes if 200 <= size <= 4_000]
    made = made[:: max(1, len(made) // most)]
    SEEDS.mkdir(exist_ok=True)
    for path in made[:most]:
        data = path.read_bytes()
        name = names[data[0] % len(names)] if data else names[0]
        (SEEDS / f"{name}-found-{path.name[:12]}.txt").write_bytes(data[1:])


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
