"""A device of the inventory: where it is and what it is for; never a secret."""

import msgspec

AUTO = "auto"


class Device(msgspec.Struct, frozen=True):
    """One router or switch. `credential` and `jump` are names of entries, not values."""

    name: str
    platform: str = AUTO
    role: str = ""
    site: str = ""
    tags: tuple[str, ...] = ()
    address: str = ""
    port: int = 22
    credential: str = ""
    config: str = ""
    """Path of a saved configuration to read in place of a login, relative to the inventory."""
