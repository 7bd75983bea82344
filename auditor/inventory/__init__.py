"""Inventories: which devices there are, and by which credentials they may be read."""

from auditor.inventory.listed import InventoryError
from auditor.inventory.native import Credential, Inventory, load
from auditor.inventory.sources import recognise

__all__ = ["Credential", "Inventory", "InventoryError", "load", "recognise"]
