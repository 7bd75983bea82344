"""Checks of the class backdoor-indicator."""
