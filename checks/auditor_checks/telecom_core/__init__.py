"""Checks of the class interception."""
