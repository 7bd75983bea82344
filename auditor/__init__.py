"""Telecom Exposure Auditor: reads router configurations and judges them; never changes a device."""

__version__ = "0.1.0"
