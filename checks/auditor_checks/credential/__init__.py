"""Checks of the class credential."""
