"""Emulated network devices for tests: SSH command lines of proprietary platforms, with faults on request."""

from __future__ import annotations

from .platforms import PLATFORMS
from .server import EmulatedDevice, Fault

__all__ = ["PLATFORMS", "EmulatedDevice", "Fault"]
