"""Inventories: which devices there are, and by which credentials they may be read."""

from auditor.inventory.native import Credential, Inventory, InventoryError, load

__all__ = ["Credential", "Inventory", "InventoryError", "load"]
