"""Checks of the class telecom-core."""
