"""The built-in checks: one module, one check. A new module is found by itself."""

import importlib
import pkgutil
from pathlib import Path

from auditor.api import DeviceCheck, FleetCheck, Pack, read_catalogue, read_guidance
from auditor_checks.vulnerabilities import DATA_OF


def _checks() -> tuple[DeviceCheck | FleetCheck, ...]:
    modules = pkgutil.walk_packages(__path__, prefix=f"{__name__}.")
    loaded = [importlib.import_module(module.name) for module in modules if not module.ispkg]
    return tuple(
        value for module in loaded for value in vars(module).values() if isinstance(value, DeviceCheck | FleetCheck)
    )


_DATA = Path(__file__).with_name("data")

_CLEARED = "LI-cleared run only (lawful-intercept reference 5.1, 5.8)"
_ELSEWHERE = {
    "li-intercept-count-mismatch": _CLEARED,
    "li-intercept-no-expiry": _CLEARED,
    "li-debug-user-active": _CLEARED,
    "li-target-identity-in-clear": "custodian notice only (lawful-intercept reference 5.1, 5.8)",
}
"""What an ordinary run must not say anything about, not even that it looked (lawful-intercept reference, 5.1 and 5.8)."""

pack = Pack(
    name="builtin",
    checks=_checks(),
    catalogue=read_catalogue(_DATA / "catalogue.tsv"),
    guidance=read_guidance(_DATA / "guidance.tsv"),
    elsewhere=_ELSEWHERE,
    data_of=DATA_OF,
)
