"""Checks of the class li-delivery."""
