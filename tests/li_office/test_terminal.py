"""The commands as two persons at a terminal use them."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pexpect
import pytest

from auditor.li_office import compare, keys, register, sealed, surroundings
from lab.li_tap import PASSWORDS, TapAgent
from tests.li_office.conftest import UNDECLARED, Office, line, tap

REASON = "comparison ordered on 2026-11-01"
PERSONS = ("Ada Lovelace", "Bob Kahn")
ABUSED = [tap(content) for content in range(1, 51)] + [tap(51), tap(52), tap(53, address=UNDECLARED)]
LINES = [line("pe1", content) for content in range(1, 51)]
LINES += [line("pe1", 52, end=-1), line("pe1", 53), line("pe1", 54), line("p1", 1)]
INVENTORY = """
schema: auditor/inventory/1
devices:
  - {{name: pe1, platform: cisco_iosxe, address: {address}}}
  - {{name: p1, platform: nokia_sros, address: 192.0.2.1}}
"""


def _allow_cores() -> None:
    """As much of a core as this user may leave, so that leaving none is the command's doing."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


class Terminal:
    """A pseudo-terminal with the command on it; everything that was shown is kept."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        clean = {name: value for name, value in os.environ.items() if name not in surroundings._CI}
        places = {name: str(folder / "home") for name in ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CACHE_HOME")}
        (folder / "home").mkdir(exist_ok=True)
        self.child = pexpect.spawn(
            sys.executable,
            ["-B", "-m", "auditor", *arguments],
            cwd=str(folder),
            env={**clean, **places, **environment, "COLUMNS": "200"},
            encoding="utf-8",
            timeout=60,
            dimensions=(50, 200),
            preexec_fn=_allow_cores,
        )
        self.shown = ""

    def answer(self, question: str, text: str) -> None:
        """Wait for a question and type."""
        self.child.expect_exact(question)
        self.shown += self.child.before + question
        self.child.sendline(text)

    def end(self) -> int:
        """Everything until the end; the exit code."""
        self.child.expect(pexpect.EOF)
        self.shown += self.child.before
        self.child.close()
        return int(self.child.exitstatus)


@pytest.fixture
def lab(office: Office, agent: TapAgent) -> TapAgent:
    """The office's files for the lab's router, and the abused router."""
    office.register(*LINES)
    office.write("inventory.yaml", INVENTORY.format(address=agent.address))
    office.principal("liaudit")
    agent.taps(ABUSED)
    return agent


def arguments(agent: TapAgent, **more: str) -> list[str]:
    options = {
        "--key": "register.key",
        "--recipient": "recipient.key.pub",
        "--register": "tokens",
        "--output": "sealed",
        "--principal": "principal.json",
        "--snmp-port": str(agent.port),
        **more,
    }
    return ["li-audit", "inventory.yaml", *(part for pair in options.items() if pair[1] for part in pair)]


def agree(terminal: Terminal, office: Office) -> None:
    terminal.answer("Reason of this run: ", REASON)
    terminal.answer("Your name: ", PERSONS[0])
    terminal.answer("Second person, your name: ", PERSONS[1])
    terminal.answer("fingerprint: ", office.recipient.fingerprint[:8])
    terminal.answer("CONFIRM: ", "CONFIRM")


def run(office: Office, agent: TapAgent, count: str = "1") -> Terminal:
    terminal = Terminal(office.folder, *arguments(agent))
    agree(terminal, office)
    terminal.answer("Count for p1", count)
    assert terminal.end() == 0
    return terminal


def head(terminal: Terminal) -> str:
    found = re.search(r"done\r\n([0-9a-f]{32})\r\n\Z", terminal.shown)
    assert found is not None, terminal.shown
    return found[1]


def results(office: Office) -> list[compare.Result]:
    key = keys.recipient_key(office.file("recipient.key"), str)
    records = sealed.verify(sealed.read_lines(office.file("sealed")), office.key)
    return [sealed.open_record(record, key).result for record in records]


@pytest.mark.requirement("R-LI-08")
def test_a_run_finds_what_was_planted_and_tells_it_to_the_recipient_alone(office: Office, lab: TapAgent) -> None:
    before = set(office.folder.rglob("*"))
    terminal = run(office, lab)
    first, second = results(office)
    assert (first.authorised, first.observed, first.matched) == (52, 53, 50)
    assert [row.row for row in first.unmatched] == ["51.1", "53.1"]
    assert [row.row for row in first.expired] == ["52.1"]
    assert [(row.row, row.destination) for row in first.misdelivered] == [("53.1", f"{UNDECLARED}:9000")]
    assert [one.why for one in first.missing] == ["active, with another destination", "not there"]
    assert set(first.findings) == {compare.COUNT_MISMATCH, compare.DELIVERY_UNDECLARED}
    assert (second.method, second.observed, second.findings) == ("handed in", 1, ())

    # The chain's head and the fingerprint are hexadecimal and may hold any two digits.
    shown = terminal.shown.replace(head(terminal), "").replace(office.recipient.fingerprint[:8], "")
    assert not [word for word in ("51", "53", UNDECLARED, "unmatched", "mismatch", "class-1") if word in shown]
    new = set(office.folder.rglob("*")) - before - {office.file("home")}
    assert new == {office.file("sealed")}
    content = office.file("sealed").read_bytes()
    assert not [word for word in (UNDECLARED.encode(), b"51.1", b"Lovelace", REASON.encode()) if word in content]


@pytest.mark.requirement("R-LI-08")
def test_the_screen_and_the_file_are_alike_whatever_is_found(office: Office, lab: TapAgent) -> None:
    abused = run(office, lab)
    sizes = [office.file("sealed").stat().st_size]
    office.file("sealed").unlink()
    lab.taps([])
    empty = run(office, lab)
    sizes.append(office.file("sealed").stat().st_size)
    assert abused.shown.replace(head(abused), "") == empty.shown.replace(head(empty), "")
    assert sizes[0] == sizes[1]


@pytest.mark.requirement("R-LI-08")
def test_the_recipient_reads_verifies_and_notices_a_cut(office: Office, lab: TapAgent) -> None:
    heads = [head(run(office, lab)), head(run(office, lab))]
    options = ("li-open", "sealed", "--key", "recipient.key", "--register-key", "register.key")
    terminal = Terminal(office.folder, *options, "--head", heads[1], "--persons", ",".join(PERSONS))
    assert terminal.end() == 0
    for words in ("row 51.1", f"to {UNDECLARED}:9000", "authorised until", REASON, sealed.HANDLING, "4 of 4 records"):
        assert words in terminal.shown, words

    terminal = Terminal(office.folder, *options, "--json")
    assert terminal.end() == 3
    assert "not compared" in terminal.shown
    content: list[dict[str, Any]] = json.loads(terminal.shown[: terminal.shown.rindex("]") + 1])
    assert [one["opened"]["result"]["device"] for one in content] == ["pe1", "p1", "pe1", "p1"]
    assert {one["opened"]["li_mode"] for one in content} == {"cleared"}

    lines = office.file("sealed").read_bytes().splitlines(keepends=True)
    office.file("sealed").write_bytes(b"".join(lines[:2]))
    terminal = Terminal(office.folder, *options, "--head", heads[1])
    assert terminal.end() == 2
    assert "cut off or added" in terminal.shown
    assert "51.1" not in terminal.shown
    assert Terminal(office.folder, *options, "--head", heads[0]).end() == 0


@pytest.mark.requirement("R-LI-08")
def test_there_is_no_core_no_temporary_file_and_no_memory_for_others(office: Office, lab: TapAgent) -> None:
    terminal = Terminal(office.folder, *arguments(lab))
    terminal.child.expect_exact("Reason of this run: ")
    limits = Path(f"/proc/{terminal.child.pid}/limits").read_text("utf-8")
    assert re.search(r"Max core file size\s+0\s+0", limits)
    terminal.child.sendeof()
    assert terminal.end() == 2

    terminal = Terminal(office.folder, *arguments(lab))
    terminal.child.expect_exact("Reason of this run: ")
    terminal.child.kill(signal.SIGABRT)
    terminal.child.wait()
    assert terminal.child.signalstatus == signal.SIGABRT
    assert not os.WCOREDUMP(terminal.child.status)
    assert list(office.file("home").iterdir()) == []
    assert not office.file("sealed").exists()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((REASON, "Ada Lovelace", "ada lovelace"), "two persons"),
        ((REASON, "Ada Lovelace", "Bob Kahn", "00000000"), "fingerprint"),
        ((REASON, "Ada Lovelace", "Bob Kahn", "", "yes"), "not confirmed"),
        (("because",), "reason"),
    ],
)
def test_without_the_second_person_nothing_is_asked(
    office: Office, lab: TapAgent, answers: tuple[str, ...], words: str
) -> None:
    questions = ("Reason of this run: ", "Your name: ", "Second person, your name: ", "fingerprint: ", "CONFIRM: ")
    terminal = Terminal(office.folder, *arguments(lab))
    for number, (question, text) in enumerate(zip(questions, answers, strict=False)):
        terminal.answer(question, office.recipient.fingerprint[:8] if number == 3 and not text else text)
    assert terminal.end() == 2
    assert words in terminal.shown
    assert lab.requests() == []
    assert not office.file("sealed").exists()


def test_secrets_that_are_typed_are_not_shown(office: Office, lab: TapAgent) -> None:
    terminal = Terminal(office.folder, *arguments(lab, **{"--principal": ""}))
    agree(terminal, office)
    terminal.answer("SNMPv3 user: ", "liaudit")
    terminal.answer("sha-512): ", "sha-256")
    terminal.answer("Authentication key: ", PASSWORDS[0])
    terminal.answer("aes-256): ", "aes-128")
    terminal.answer("Privacy key: ", PASSWORDS[1])
    terminal.answer("Count for p1", "4711")
    assert terminal.end() == 0
    assert not [word for word in (*PASSWORDS, "4711") if word in terminal.shown]
    first, second = results(office)
    assert (first.observed, second.observed) == (53, 4711)


def test_counts_come_from_a_file_of_the_office(office: Office, lab: TapAgent) -> None:
    office.write("counts.csv", "device,count\np1,2\npe1,60\n")
    terminal = Terminal(office.folder, *arguments(lab, **{"--counts": "counts.csv"}))
    agree(terminal, office)
    assert terminal.end() == 0
    assert [(one.method, one.observed) for one in results(office)] == [("handed in", 60), ("handed in", 2)]
    assert lab.requests() == []


def test_an_unreachable_device_and_one_that_answers_nonsense_do_not_show(office: Office, lab: TapAgent) -> None:
    lab.taps([tap(1, enabled_as=["string", "class-1-secret"])])
    nonsense = run(office, lab)
    head(nonsense)
    assert "class-1" not in nonsense.shown
    terminal = Terminal(office.folder, *arguments(lab, **{"--snmp-port": "1"}))
    agree(terminal, office)
    terminal.answer("Count for p1", "")
    assert terminal.end() == 0
    head(terminal)
    first, _, third, fourth = results(office)
    assert first.problem == "not examined: an object has another type than in CISCO-TAP2-MIB"
    assert third.problem.startswith("not examined: ")
    assert fourth.problem == "not examined: no count was handed in"


def test_a_folder_that_vanishes_ends_the_run_without_a_word_of_why(office: Office, lab: TapAgent) -> None:
    office.file("out").mkdir(mode=0o700)
    terminal = Terminal(office.folder, *arguments(lab, **{"--output": "out/sealed"}))
    agree(terminal, office)
    terminal.child.expect_exact("Count for p1")
    office.file("out").rmdir()
    terminal.child.sendline("1")
    assert terminal.end() == 3
    assert terminal.child.before.strip().endswith("auditor: the run did not complete")
    assert not [word for word in ("Traceback", "Error", "53") if word in terminal.child.before]


def test_a_snapshot_is_no_inventory_here(office: Office, lab: TapAgent) -> None:
    office.file("snapshot").mkdir()
    terminal = Terminal(office.folder, "li-audit", "snapshot", *arguments(lab)[2:])
    assert terminal.end() == 2
    assert "snapshots are ordinary output" in terminal.shown


@pytest.mark.requirement("R-LI-09")
def test_tokens_keys_and_a_passphrase_from_the_command_line(office: Office) -> None:
    words = "four words that nobody guesses"
    office.write("plain.csv", "\n".join([",".join(register.COLUMNS), line("pe1", 1)]) + "\n")
    terminal = Terminal(
        office.folder,
        *("li-token", "make", "plain.csv", "--key", "k", "--new-key", "--passphrase", "-o", "new-tokens"),
        *("--maximum-days", "30", "--mediation-device", "192.0.2.9"),
    )
    terminal.answer("New passphrase: ", words)
    terminal.answer("The same again: ", words)
    assert terminal.end() == 0
    assert words not in terminal.shown
    key = keys.register_key(office.file("k"), lambda: words)
    known = register.read_tokens(office.file("new-tokens"), key)
    assert known.maximum_days == 30
    assert len(known.entries(register.device_tag(key, "pe1"))) == 1
    assert known.declares(register.destination_tag(key, "192.0.2.9"))
    assert datetime.now(UTC).date() <= known.entries(register.device_tag(key, "pe1"))[0].not_after

    token = known.entries(register.device_tag(key, "pe1"))[0].token
    terminal = Terminal(office.folder, "li-token", "find", "plain.csv", token, "--key", "k")
    terminal.answer("Passphrase of the register key: ", words)
    assert terminal.end() == 0
    assert "plain.csv:2" in terminal.shown
    terminal = Terminal(office.folder, "li-token", "find", "plain.csv", token, "--key", "register.key")
    assert terminal.end() == 2

    terminal = Terminal(office.folder, "li-token", "keypair", "pair")
    assert terminal.end() == 0
    assert keys.recipient(office.file("pair.pub")).fingerprint in terminal.shown
    assert Terminal(office.folder, "li-token", "key", "another.key").end() == 0
    assert Terminal(office.folder, "li-token", "key", "another.key").end() == 2
