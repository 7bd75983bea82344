"""The command line, as in the tests of collection."""

from tests.collect.conftest import auditor

__all__ = ["auditor"]
