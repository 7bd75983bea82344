"""Checks of the class integrity."""
