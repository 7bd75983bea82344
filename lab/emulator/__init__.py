"""Emulated network devices for tests: SSH command lines of proprietary platforms, with faults on request."""

from __future__ import annotations

from lab.emulator.server import PLATFORMS, EmulatedDevice, Fault

__all__ = ["PLATFORMS", "EmulatedDevice", "Fault"]
