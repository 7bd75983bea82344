"""`auditor li-token`, `li-audit`, `li-open`: the commands of the office for lawful interception."""

import getpass
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import msgspec
import typer

from auditor.cli.errors import UsageError, printable
from auditor.inventory import load as load_inventory
from auditor.li_office import (
    canonical,
    examine,
    keys,
    private,
    process,
    register,
    rules,
    sealed,
    show,
    snmp,
    surroundings,
)
from auditor.li_office.refusal import Refused
from auditor.model.device import Device

_SHORTEST_REASON = 8
_LONGEST_REASON = 500
_LONGEST_NAME = 120
_FINGERPRINT_TYPED = 8
_MOST_DAYS = 3660


class AuditOptions(msgspec.Struct, frozen=True):
    """The options of `auditor li-audit`."""

    inventory: Path
    key: Path
    recipient: Path
    tokens: Path
    output: Path
    principal: Path | None
    counts: Path | None
    only: str | None
    snmp_port: int


def make_tokens(
    plain: Path, key: Path, output: Path, *, new_key: bool, passphrase: bool, days: int, devices: tuple[str, ...]
) -> int:
    """Tokens from the plain register; says nothing of how many."""
    process.harden()
    try:
        if not 0 < days <= _MOST_DAYS:
            raise Refused(f"--maximum-days: expected 1 to {_MOST_DAYS}")
        declared = tuple(_address(text) for text in devices)
        authorised = register.read_plain(plain)
        k = (
            keys.new_register_key(key, _new_passphrase(passphrase))
            if new_key
            else keys.register_key(key, _passphrase("register key"))
        )
        private.create(output, register.make_tokens(authorised, k, maximum_days=days, mediation_devices=declared))
    except Refused as refused:
        raise UsageError(str(refused)) from None
    typer.echo(f"tokens written to {output}")
    return 0


def find_token(plain: Path, key: Path, token: str) -> int:
    """The line of the plain register that a token of a result stands for."""
    process.harden()
    try:
        k = keys.register_key(key, _passphrase("register key"))
        line = register.find_line(register.read_plain(plain), k, token.strip().lower())
    except Refused as refused:
        raise UsageError(str(refused)) from None
    if line is None:
        raise UsageError("no line of the register has this token under this key")
    typer.echo(f"{plain}:{line}")
    return 0


def make_key(path: Path, *, passphrase: bool) -> int:
    """A register key."""
    process.harden()
    try:
        keys.new_register_key(path, _new_passphrase(passphrase))
    except Refused as refused:
        raise UsageError(str(refused)) from None
    typer.echo(f"register key written to {path}")
    return 0


def make_pair(path: Path, *, passphrase: bool) -> int:
    """The recipient's pair; its fingerprint is what the second person of a run types."""
    process.harden()
    try:
        recipient = keys.new_recipient_pair(path, _new_passphrase(passphrase))
    except Refused as refused:
        raise UsageError(str(refused)) from None
    typer.echo(f"secret half in {path}, public half in {path}.pub\nfingerprint {recipient.fingerprint}")
    return 0


def audit(options: AuditOptions) -> int:
    """Count, compare, seal. Shows questions, then `done` and the head of the chain; 3 where it did not complete."""
    process.harden()
    try:
        surroundings.check_place()
        surroundings.check_output(options.output)
        devices = _devices(options)
        key = keys.register_key(options.key, _passphrase("register key"))
        recipient = keys.recipient(options.recipient)
        tokens = register.read_tokens(options.tokens, key)
        if options.output.exists():
            sealed.verify(sealed.read_lines(options.output), key)
        reason, persons = _agreement(key, recipient)
        inputs = _inputs(options, devices, tokens, key)
    except Refused as refused:
        raise UsageError(str(refused)) from None
    try:
        run = sealed.Run(reason, persons, datetime.now(UTC), rules.digest())
        head = sealed.append(options.output, run, examine.examine(devices, inputs, run.started), key, recipient)
    except Exception:  # noqa: BLE001  kind and place of an error would tell what was found
        sys.stderr.write("auditor: the run did not complete\n")
        return 3
    sys.stdout.write(f"done\n{head}\n")
    return 0


def open_results(
    path: Path, key: Path, register_key: Path, *, head: str | None, persons: str | None, run: str | None, as_json: bool
) -> int:
    """Verify and show; 3 where the end of the chain was not compared with the head that was written down."""
    process.harden()
    try:
        surroundings.check_terminal()
        k = keys.register_key(register_key, _passphrase("register key"))
        lines = sealed.read_lines(path)
        records = sealed.verify(lines, k)
        if head is not None and head.strip().lower() != sealed.head(lines):
            raise Refused(f"{path}: its end is not the head that was written down: records were cut off or added")
        recipient = keys.recipient_key(key, _passphrase("recipient key"))
        wanted = [record for record in records if run is None or record.run == run]
        opened = [(record, sealed.open_record(record, recipient)) for record in wanted]
        lines_about = _verified(records, k, sealed.head(lines), compared=head is not None, persons=persons)
    except Refused as refused:
        raise UsageError(str(refused)) from None
    if as_json:
        content = msgspec.json.encode([{"record": _clear(record), "opened": result} for record, result in opened])
        sys.stdout.write(msgspec.json.format(content, indent=1).decode("ascii", "replace") + "\n")
    else:
        sys.stdout.write("\n".join(printable(line) for line in show.text(opened).split("\n")) + "\n")
    sys.stderr.write("".join(f"{line}\n" for line in lines_about))
    return 0 if head is not None else 3


def _verified(
    records: list[sealed.Record], key: keys.RegisterKey, head: str, *, compared: bool, persons: str | None
) -> list[str]:
    lines = [f"{len(records)} records: chain, MAC and signature are right; head {head}"]
    if not compared:
        lines.append("The end of the chain was not compared: give the head that was written down with --head.")
    if persons is not None:
        first, _, second = persons.partition(",")
        tag = sealed.persons_tag(key, first, second)
        count = sum(record.persons == tag for record in records)
        lines.append(f"{count} of {len(records)} records are of these two persons")
    return lines


def _clear(record: sealed.Record) -> dict[str, object]:
    """The clear part of a record, without the ciphertext."""
    return {name: value for name, value in msgspec.structs.asdict(record).items() if name != "sealed"}


def _devices(options: AuditOptions) -> tuple[Device, ...]:
    if not options.inventory.is_file():
        raise Refused(f"{options.inventory}: expected an inventory file; snapshots are ordinary output")
    # The names of platforms alone: loading packs would run other people's code in this process.
    platforms = entry_points(group="auditor.platforms").names
    devices = load_inventory(options.inventory, platforms).devices
    found = tuple(device for device in devices if options.only is None or fnmatchcase(device.name, options.only))
    if not found:
        raise Refused(f"no device matches '{options.only}'")
    return found


def _inputs(
    options: AuditOptions, devices: tuple[Device, ...], tokens: register.Register, key: keys.RegisterKey
) -> examine.Inputs:
    counts = register.read_counts(options.counts) if options.counts else {}
    asked = [device for device in devices if examine.by_snmp(device, counts)]
    principal = None
    if asked:
        if not all(find_spec(name) for name in ("pysnmp", "cryptography")):
            raise Refused("asking devices needs the extra 'li' (pip install telecom-exposure-auditor[li])")
        principal = (
            snmp.read_principal(options.principal) if options.principal else snmp.ask_principal(_ask, getpass.getpass)
        )
    for device in devices:
        name = canonical.device(device.name)
        if device not in asked and name not in counts:
            typed = getpass.getpass(f"Count for {printable(device.name)} (hidden; empty: not counted): ").strip()
            if typed:
                counts[name] = _count(typed)
    return examine.Inputs(tokens, key, principal, counts, options.snmp_port)


def _count(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 7):
        raise Refused("a count is a number")
    return int(typed)


def _agreement(key: keys.RegisterKey, recipient: keys.Recipient) -> tuple[str, str]:
    """The reason, and the keyed name of two persons of whom the second knows the recipient's key."""
    reason = _ask("Reason of this run: ").strip()
    if not _SHORTEST_REASON <= len(reason) <= _LONGEST_REASON:
        raise Refused(f"a reason of {_SHORTEST_REASON} to {_LONGEST_REASON} characters is needed")
    first = _name("Your name: ")
    second = _name("Second person, your name: ")
    if canonical.device(first) == canonical.device(second):
        raise Refused("two persons are needed")
    typed = _ask(f"Second person, first {_FINGERPRINT_TYPED} digits of the recipient's fingerprint: ").strip().lower()
    if typed != recipient.fingerprint[:_FINGERPRINT_TYPED]:
        raise Refused("this is not the recipient whose fingerprint the second person has")
    if _ask("Second person, type CONFIRM: ").strip() != "CONFIRM":
        raise Refused("not confirmed")
    return reason, sealed.persons_tag(key, first, second)


def _name(question: str) -> str:
    name = _ask(question).strip()
    if not 3 <= len(name) <= _LONGEST_NAME:
        raise Refused("a name is needed")
    return name


def _ask(question: str) -> str:
    try:
        return input(question)
    except EOFError:
        raise Refused("nothing was entered") from None


def _passphrase(what: str) -> Callable[[], str]:
    return lambda: getpass.getpass(f"Passphrase of the {what}: ")


def _new_passphrase(wanted: bool) -> str | None:
    if not wanted:
        return None
    if not sys.stdin.isatty():
        raise Refused("a passphrase is typed on a terminal")
    typed = getpass.getpass("New passphrase: ")
    if getpass.getpass("The same again: ") != typed:
        raise Refused("the two passphrases differ")
    return typed


def _address(text: str) -> str:
    try:
        return canonical.address(text)
    except ValueError:
        raise Refused("--mediation-device: expected an address") from None
