"""The command line: options in, one function called, an exit code out."""

import sys

_INTERRUPTED = 130
"""The exit code that typer makes of Ctrl-C."""


def main() -> None:
    """Run the command line; 2 with one line of text where the input is wrong, never a traceback."""
    from auditor.cli.app import app  # noqa: PLC0415  keeps `import auditor.cli` light
    from auditor.cli.errors import explain  # noqa: PLC0415

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
