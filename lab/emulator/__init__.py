"""Emulated network devices for tests: SSH command lines of proprietary platforms, with faults on request."""

from __future__ import annotations

from lab.emulator.platforms import PLATFORMS
from lab.emulator.server import EmulatedDevice, Fault

__all__ = ["PLATFORMS", "EmulatedDevice", "Fault"]
