"""The commands and their options. Everything heavy is imported when its command runs."""

from pathlib import Path
from typing import Annotated

import typer

from auditor import __version__

app = typer.Typer(
    name="auditor",
    help="Reads the configuration and state of routers and switches, finds backdoors and lawful-intercept exposures, "
    "and writes reports. It only looks: it never changes a device.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Rich help pages cost 100 ms at every start.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
checks_app = typer.Typer(help="What is looked for.", no_args_is_help=True, rich_markup_mode=None)
inventory_app = typer.Typer(
    help="Look at inventories, and trust host keys.", no_args_is_help=True, rich_markup_mode=None
)
snapshot_app = typer.Typer(help="Look at snapshots, sign and pack them.", no_args_is_help=True, rich_markup_mode=None)
li_token_app = typer.Typer(
    help="LI office: keys, and tokens of the authorised register.", no_args_is_help=True, rich_markup_mode=None
)
data_app = typer.Typer(help="Published vulnerability data.", no_args_is_help=True, rich_markup_mode=None)
lab_app = typer.Typer(help="Labs to try the auditor on.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(checks_app, name="checks")
app.add_typer(data_app, name="data")
app.add_typer(lab_app, name="lab")
app.add_typer(inventory_app, name="inventory")
app.add_typer(snapshot_app, name="snapshot")
app.add_typer(li_token_app, name="li-token")

Sources = Annotated[
    list[Path],
    typer.Argument(
        help="Inventory file, snapshot, folder of saved configurations, or single files.", metavar="SOURCE..."
    ),
]
Only = Annotated[
    str | None, typer.Option("--only", help="Only devices whose name matches this pattern.", metavar="PATTERN")
]
Platform = Annotated[str | None, typer.Option("--platform", help="Platform of the files, instead of finding it out.")]
Workers = Annotated[int | None, typer.Option("--workers", min=1, max=256, help="Processes and connections at once.")]
Identity = Annotated[
    Path | None, typer.Option("--identity", help="The key that opens an encrypted snapshot (age, OpenSSH).")
]
Recipients = Annotated[
    list[str] | None,
    typer.Option(
        "--recipient", help="Encrypt to this public key (age1..., ssh-ed25519 ..., or a file); may be repeated."
    ),
]
SnapshotPath = Annotated[Path, typer.Argument(help="Snapshot: a folder, .tar.zst or .tar.zst.age.", metavar="SNAPSHOT")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with a run that was interrupted; begin where none was.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Verbose = Annotated[
    int, typer.Option("--verbose", "-v", count=True, help="Say more; twice for the libraries' messages.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options of all commands."""


@app.command()
def audit(
    sources: Sources,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the reports.")] = Path("audit-report"),
    formats: Annotated[
        str, typer.Option("--format", help="Report formats, with commas: html,json,sarif,junit,csv,md")
    ] = "html,json",
    json_file: Annotated[
        str | None, typer.Option("--json", help="Write the run as JSON to this file; - for standard output.")
    ] = None,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="Exit code 1 from this severity on: info, low, medium, high, critical.")
    ] = "high",
    checks: Annotated[
        str | None, typer.Option("--checks", help="Only these check ids or classes, with commas.")
    ] = None,
    platform: Platform = None,
    declarations: Annotated[
        list[Path] | None, typer.Option("--declarations", help="What the operator intends (YAML).")
    ] = None,
    waivers: Annotated[
        list[Path] | None, typer.Option("--waivers", help="Accepted findings, with expiry (YAML).")
    ] = None,
    iocs: Annotated[
        list[Path] | None, typer.Option("--iocs", help="Indicators: plain text, CSV or a STIX 2.1 bundle.")
    ] = None,
    vulnerabilities: Annotated[
        Path | None, typer.Option("--vulnerabilities", help="Data file that `auditor data import` wrote.")
    ] = None,
    golden: Annotated[
        Path | None, typer.Option("--golden", help="Folder of authorised configurations, one file for each device.")
    ] = None,
    only: Only = None,
    workers: Workers = None,
    engine: Annotated[str, typer.Option("--engine", help="Where to run: local.")] = "local",
    probe: Annotated[
        bool, typer.Option("--probe", help="Also ask the network services of inventory addresses (Smart Install).")
    ] = False,
    identity: Identity = None,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Audit devices or saved configurations and write reports.

    Exit codes: 0 complete, nothing at or above --fail-on; 1 findings at or above it; 2 wrong usage or input,
    nothing audited; 3 the audit is incomplete, whatever was found.
    """
    from auditor.cli.audit import run_audit  # noqa: PLC0415
    from auditor.cli.options import AuditOptions  # noqa: PLC0415

    options = AuditOptions(
        sources=tuple(sources),
        output=output,
        formats=tuple(name.strip() for name in formats.split(",") if name.strip()),
        json_file=json_file,
        fail_on=fail_on,
        checks=checks,
        platform=platform,
        declarations=tuple(declarations or ()),
        waivers=tuple(waivers or ()),
        iocs=tuple(iocs or ()),
        vulnerabilities=vulnerabilities,
        golden=golden,
        only=only,
        workers=workers,
        engine=engine,
        probe=probe,
        identity=identity,
        quiet=quiet,
        verbose=verbose,
    )
    raise typer.Exit(run_audit(options))


@app.command()
def collect(
    inventory: Annotated[Path, typer.Argument(help="Inventory file.")],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Folder for the snapshot, or one file: .tar.zst, encrypted .tar.zst.age."),
    ] = None,
    only: Only = None,
    workers: Workers = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List devices, ways and commands; send nothing.")] = False,
    probe: Annotated[
        bool, typer.Option("--probe", help="Also ask the network services of inventory addresses.")
    ] = False,
    resume: Resume = False,
    recipients: Recipients = None,
    identity: Identity = None,
    quiet: Quiet = False,
    verbose: Verbose = 0,
) -> None:
    """Collect documents from the devices of an inventory into a snapshot; judge nothing.

    Exit codes: 0 everything was had; 2 wrong usage or input; 3 something that was asked for is missing.
    """
    from auditor.cli.collect import dry_run as planned  # noqa: PLC0415
    from auditor.cli.collect import run_collect  # noqa: PLC0415
    from auditor.snapshots.output import Output  # noqa: PLC0415

    if dry_run:
        raise typer.Exit(planned(inventory, only=only))
    if output is None:
        raise typer.BadParameter("needed, unless it is a --dry-run", param_hint="'-o' / '--output'")
    target = Output(output, tuple(recipients or ()), identity)
    raise typer.Exit(
        run_collect(
            inventory,
            target,
            only=only,
            workers=workers,
            probe=probe,
            resume=resume,
            quiet=quiet,
            verbose=verbose,
        )
    )


@app.command()
def probe(
    inventory: Annotated[Path, typer.Argument(help="Inventory file.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the snapshot.")],
    only: Only = None,
    resume: Resume = False,
    quiet: Quiet = False,
) -> None:
    """Ask the network services of inventory addresses, without logging in; the answers become a snapshot."""
    from auditor.cli.collect import run_probe  # noqa: PLC0415

    raise typer.Exit(run_probe(inventory, output, only=only, resume=resume, quiet=quiet))


@app.command()
def report(
    run: Annotated[Path, typer.Argument(help="run.json of an earlier audit.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the reports.")],
    formats: Annotated[str, typer.Option("--format", help="Report formats, with commas.")] = "html",
) -> None:
    """Write reports from the JSON of a finished run."""
    from auditor.cli.reports import rewrite  # noqa: PLC0415

    names = tuple(name.strip() for name in formats.split(",") if name.strip())
    raise typer.Exit(rewrite(run, output, names))


@app.command()
def explain(check: Annotated[str, typer.Argument(help="Check id.", metavar="ID")]) -> None:
    """Explain a check: what, why, how it is decided, how to mend it."""
    from auditor.cli.knowledge import explain_check  # noqa: PLC0415

    explain_check(check)


@app.command()
def coverage(
    path: Annotated[Path, typer.Argument(help="File or folder of saved configurations.")],
    platform: Platform = None,
) -> None:
    """Show how much of saved configurations is read, and which lines are not."""
    from auditor.cli.coverage import show_coverage  # noqa: PLC0415

    show_coverage(path, platform)


@app.command()
def commands(
    platform: Annotated[str | None, typer.Option("--platform", help="Only this platform.")] = None,
    form: Annotated[
        str, typer.Option("--format", help="text, csv, or lines: the commands alone, one a line.")
    ] = "text",
) -> None:
    """List everything that is ever sent to a device: commands, NETCONF operations, SNMP objects."""
    from auditor.cli.knowledge import list_commands  # noqa: PLC0415

    list_commands(platform, form)


@checks_app.command("list")
def checks_list(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """List all checks."""
    from auditor.cli.knowledge import list_checks  # noqa: PLC0415

    list_checks(as_json=as_json)


@checks_app.command("show")
def checks_show(
    check: Annotated[str, typer.Argument(help="Check id.", metavar="ID")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show one check."""
    from auditor.cli.knowledge import show_check  # noqa: PLC0415

    show_check(check, as_json=as_json)


@checks_app.command("coverage")
def checks_coverage(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Show which check judges which platform."""
    from auditor.cli.knowledge import coverage_of_checks  # noqa: PLC0415

    coverage_of_checks(as_json=as_json)


@data_app.command("import")
def data_import(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="CISA's catalogue of exploited vulnerabilities (JSON), advisories in CSAF 2.0.", metavar="FILE..."
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Data file; what it holds already is kept.")] = Path(
        "vulnerabilities.json"
    ),
    keyring: Annotated[
        Path | None,
        typer.Option("--keyring", help="Take only files with a good signature (FILE.asc) of a key in this keyring."),
    ] = None,
) -> None:
    """Bring in what was published about vulnerabilities, from files: nothing is fetched."""
    from auditor.cli.data import import_files  # noqa: PLC0415

    raise typer.Exit(import_files(tuple(files), output, keyring))


@inventory_app.command("show")
def inventory_show(inventory: Annotated[Path, typer.Argument(help="Inventory file.")], only: Only = None) -> None:
    """List the devices of an inventory."""
    from auditor.cli.inventory import show  # noqa: PLC0415

    show(inventory, only)


@inventory_app.command("validate")
def inventory_validate(inventory: Annotated[Path, typer.Argument(help="Inventory file.")]) -> None:
    """Check an inventory; errors name file and line."""
    from auditor.cli.inventory import validate  # noqa: PLC0415

    validate(inventory)


@inventory_app.command("trust")
def inventory_trust(
    inventory: Annotated[Path, typer.Argument(help="Inventory file.")],
    only: Only = None,
    yes: Annotated[bool, typer.Option("--yes", help="Store without asking; compare the fingerprints first.")] = False,
) -> None:
    """Show the host keys of devices and store them as trusted."""
    from auditor.cli.inventory import trust  # noqa: PLC0415

    raise typer.Exit(trust(inventory, only, yes=yes))


@snapshot_app.command("verify")
def snapshot_verify(
    snapshot: SnapshotPath,
    key: Annotated[
        Path | None, typer.Option("--key", help="The public key that it has to be signed with (OpenSSH, PEM).")
    ] = None,
    identity: Identity = None,
) -> None:
    """Compare every document with its checksum, and the manifest with its signature.

    Exit codes: 0 all is as it was collected; 2 it is no snapshot; 3 something was changed, is missing or does not belong
    there, or it is not signed with --key.
    """
    from auditor.cli.snapshot import verify_snapshot  # noqa: PLC0415

    raise typer.Exit(verify_snapshot(snapshot, key, identity))


@snapshot_app.command("sign")
def snapshot_sign(
    snapshot: SnapshotPath,
    key: Annotated[Path, typer.Option("--key", help="The private key: Ed25519, as OpenSSH or PEM.")],
    identity: Identity = None,
) -> None:
    """Sign a snapshot; the signature goes beside its manifest, or beside the one file with .sig."""
    from auditor.cli.snapshot import sign_snapshot  # noqa: PLC0415

    raise typer.Exit(sign_snapshot(snapshot, key, identity))


@snapshot_app.command("pack")
def snapshot_pack(
    snapshot: SnapshotPath,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file: .tar.zst, or encrypted .tar.zst.age.")],
    recipients: Recipients = None,
    identity: Identity = None,
) -> None:
    """Write a snapshot as one file; with --recipient encrypted."""
    from auditor.cli.snapshot import pack_snapshot  # noqa: PLC0415
    from auditor.snapshots.output import Output  # noqa: PLC0415

    raise typer.Exit(pack_snapshot(snapshot, Output(output, tuple(recipients or ())), identity))


@snapshot_app.command("list")
def snapshot_list(snapshot: SnapshotPath, identity: Identity = None) -> None:
    """List the devices and documents of a snapshot."""
    from auditor.cli.snapshot import list_snapshot  # noqa: PLC0415

    list_snapshot(snapshot, identity)


Passphrase = Annotated[bool, typer.Option("--passphrase", help="Derive the key from a passphrase, typed twice.")]


@li_token_app.command("make")
def li_token_make(
    plain: Annotated[Path, typer.Argument(help="The plain register (CSV, closed to others).", metavar="REGISTER")],
    key: Annotated[Path, typer.Option("--key", help="The register key.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The token file; must not exist.")],
    new_key: Annotated[bool, typer.Option("--new-key", help="Make the register key first.")] = False,
    passphrase: Passphrase = False,
    maximum_days: Annotated[int, typer.Option("--maximum-days", help="How long an intercept may be set for.")] = 366,
    mediation_device: Annotated[
        list[str] | None,
        typer.Option("--mediation-device", help="Address of a further declared one; may be repeated."),
    ] = None,
) -> None:
    """Make keyed tokens of the plain register, on the LI office's machine."""
    from auditor.cli.li import make_tokens  # noqa: PLC0415

    devices = tuple(mediation_device or ())
    raise typer.Exit(
        make_tokens(plain, key, output, new_key=new_key, passphrase=passphrase, days=maximum_days, devices=devices)
    )


@li_token_app.command("find")
def li_token_find(
    plain: Annotated[Path, typer.Argument(help="The plain register.", metavar="REGISTER")],
    token: Annotated[str, typer.Argument(help="The token that a result names.")],
    key: Annotated[Path, typer.Option("--key", help="The register key.")],
) -> None:
    """Find the line of the plain register that a token stands for."""
    from auditor.cli.li import find_token  # noqa: PLC0415

    raise typer.Exit(find_token(plain, key, token))


@li_token_app.command("key")
def li_token_key(
    path: Annotated[Path, typer.Argument(help="The key file; must not exist.")], passphrase: Passphrase = False
) -> None:
    """Make a register key."""
    from auditor.cli.li import make_key  # noqa: PLC0415

    raise typer.Exit(make_key(path, passphrase=passphrase))


@li_token_app.command("keypair")
def li_token_keypair(
    path: Annotated[Path, typer.Argument(help="The secret half; the public half goes beside it, with .pub.")],
    passphrase: Passphrase = False,
) -> None:
    """Make the key pair of the recipient of results."""
    from auditor.cli.li import make_pair  # noqa: PLC0415

    raise typer.Exit(make_pair(path, passphrase=passphrase))


@app.command("li-audit")
def li_audit(
    inventory: Annotated[Path, typer.Argument(help="Inventory file.")],
    key: Annotated[Path, typer.Option("--key", help="The register key.")],
    recipient: Annotated[Path, typer.Option("--recipient", help="The recipient's public key.")],
    register: Annotated[Path, typer.Option("--register", help="The token file of the authorised register.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file of sealed results; a run is added to it.")],
    principal: Annotated[
        Path | None, typer.Option("--principal", help="The office's SNMPv3 principal (JSON); else it is typed.")
    ] = None,
    counts: Annotated[
        Path | None, typer.Option("--counts", help="The office's own counts (CSV: device,count).")
    ] = None,
    only: Only = None,
    snmp_port: Annotated[int, typer.Option("--snmp-port", min=1, max=65535, help="UDP port of the agents.")] = 161,
) -> None:
    """LI office only: compare active intercepts with the register; the result is sealed to the recipient.

    Two persons at a terminal. Exit codes: 0 completed, whatever was found; 2 refused, nothing was asked; 3 did not
    complete.
    """
    from auditor.cli.li import AuditOptions, audit  # noqa: PLC0415

    raise typer.Exit(
        audit(AuditOptions(inventory, key, recipient, register, output, principal, counts, only, snmp_port))
    )


@app.command("li-open")
def li_open(
    path: Annotated[Path, typer.Argument(help="File of sealed results.", metavar="FILE")],
    key: Annotated[Path, typer.Option("--key", help="The recipient's secret key.")],
    register_key: Annotated[Path, typer.Option("--register-key", help="The register key, which verifies.")],
    head: Annotated[
        str | None, typer.Option("--head", help="The head that was written down: shows that nothing was cut off.")
    ] = None,
    run: Annotated[str | None, typer.Option("--run", help="Show this run only.")] = None,
    persons: Annotated[
        str | None, typer.Option("--persons", help="Compare with these two names, FIRST,SECOND.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Recipient only: verify sealed results and show them on a terminal.

    Exit codes: 0 verified; 2 refused, or something was changed; 3 shown, but the end was not compared with a head.
    """
    from auditor.cli.li import open_results  # noqa: PLC0415

    raise typer.Exit(open_results(path, key, register_key, head=head, persons=persons, run=run, as_json=as_json))


Topology = Annotated[
    str, typer.Argument(help="twins, intrusion, containers (needs Docker), or a file of your own.", metavar="TOPOLOGY")
]


@lab_app.command("up")
def lab_up(topology: Topology = "twins") -> None:
    """Start a lab, wait until every device answers, print the addresses."""
    from auditor.cli.lab import up  # noqa: PLC0415

    up(topology)


@lab_app.command("down")
def lab_down(topology: Topology = "twins") -> None:
    """End a lab."""
    from auditor.cli.lab import down  # noqa: PLC0415

    down(topology)


@lab_app.command("status")
def lab_status(topology: Topology = "twins") -> None:
    """Print the devices of a lab. Exit code 3 where one is not ready."""
    from auditor.cli.lab import status  # noqa: PLC0415

    raise typer.Exit(status(topology))


@lab_app.command("audit", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab_audit(context: typer.Context, topology: Topology = "twins") -> None:
    """Audit a lab; options of `auditor audit` may follow. Exit codes are those of the audit.

    A lab that is not up is started before and ended afterwards.
    """
    from auditor.cli.lab import audit  # noqa: PLC0415

    options = context.args
    if topology.startswith("-"):  # an option of `auditor audit` stands where the name could
        topology, options = "twins", [topology, *options]
    raise typer.Exit(audit(topology, options))
