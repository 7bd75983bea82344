"""Keeps the SSH libraries from logging what goes over the wire."""

import logging


def silence_libraries() -> None:
    """Their debug messages quote secrets of devices and whole configurations."""
    for name in ("paramiko", "paramiko.transport", "pysnmp"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
