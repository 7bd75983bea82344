"""Checks of the class management-exposure."""
