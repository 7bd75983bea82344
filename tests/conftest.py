"""Options of all tests."""

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says more of the machine than of the code: speed is measured in benchmarks/.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files of the reports")
