"""The command line: options in, one function called, an exit code out."""

import sys


def main() -> None:
    """Run the command line; 2 with one line of text where the input is wrong, never a traceback."""
    from auditor.cli.app import app  # noqa: PLC0415  keeps `import auditor.cli` light
    from auditor.cli.errors import explain  # noqa: PLC0415

    try:
        app()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(3)
    except Exception as error:  # noqa: BLE001  the outermost boundary
        sys.stderr.write(explain(error) + "\n")
        sys.exit(2)
