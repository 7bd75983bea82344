"""Checks of the class li-covert."""
