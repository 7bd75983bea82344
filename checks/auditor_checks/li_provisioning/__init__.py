"""Checks of the class li-provisioning."""
