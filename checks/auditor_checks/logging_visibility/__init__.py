"""Checks of the class logging-visibility."""
