"""`python -m tests.mutation.unit MODULE TESTS < SOURCE`: run tests with other source of one module."""

import importlib
import sys

import pytest


def main() -> int:
    """0 where the tests pass, 1 where one fails."""
    name, tests = sys.argv[1:]
    module = importlib.import_module(name)
    # Into the module that is loaded already: who imports from it later gets what the other source defines.
    exec(compile(sys.stdin.read(), str(module.__file__), "exec"), vars(module))
    return int(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", tests]) != 0)


if __name__ == "__main__":
    sys.exit(main())
