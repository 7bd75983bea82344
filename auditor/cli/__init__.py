"""The command line: options in, one function called, an exit code out."""

import sys

_INTERRUPTED = 130
"""The exit code that typer makes of Ctrl-C."""


def main() -> None:
    """Run the command line; 2 with one line of text where the input is wrong, never a traceback."""
    from auditor.cli.app import app  # noqa: PLC0415  keeps `import auditor.cli` light
    from auditor.cli.errors import explain  # noqa: PLC0415
    from auditor.engine.crash import no_core_dumps  # noqa: PLC0415

    no_core_dumps()
    _begin_anew()
    try:
        app()
    except SystemExit as end:
        if end.code != _INTERRUPTED:
            raise
        sys.stderr.write("interrupted\n")
        sys.exit(3)
    except Exception as error:  # noqa: BLE001  the outermost boundary
        text, code = explain(error)
        sys.stderr.write(text + "\n")
        sys.exit(code)
    finally:
        _tell_custodian()


def _begin_anew() -> None:
    """What an earlier run of this process dropped is none of this run's business."""
    for name in ("custodian", "guard"):
        module = sys.modules.get(f"auditor.platforms.common.{name}")
        if module is not None:
            module.forget()


def _tell_custodian() -> None:
    """What only the custodian of the input is told: on a terminal, never into a pipe, and in a file of this user."""
    custodian = sys.modules.get("auditor.platforms.redaction.custodian")
    if custodian is not None:
        custodian.tell(_on_terminal if sys.stderr.isatty() else None)


def _on_terminal(line: str) -> None:
    from auditor.cli.errors import printable  # noqa: PLC0415

    sys.stderr.write(printable(line) + "\n")
