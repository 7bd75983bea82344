"""Invented identities of targets, warrants and users of the intercept view, none of which occurs anywhere else."""

from __future__ import annotations

import random
import uuid


class Identities:
    """Draws identities; remembers each, so that a test can look for all of them."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.drawn: list[str] = []

    def _new(self, value: str) -> str:
        self.drawn.append(value)
        return value

    def _digits(self, count: int) -> str:
        return "".join(str(self._random.randrange(10)) for _ in range(count))

    def msisdn(self) -> str:
        return self._new("44790" + self._digits(7))

    def imsi(self) -> str:
        return self._new("26201" + self._digits(10))

    def imei(self) -> str:
        return self._new("35693" + self._digits(10))

    def ip(self) -> str:
        return self._new(
            f"100.{self._random.randrange(64, 128)}.{self._random.randrange(200, 256)}.{self._random.randrange(100, 250)}"
        )

    def ip6(self) -> str:
        return self._new(
            f"2001:db8:{self._random.randrange(0x1000, 0xFFFF):x}:{self._random.randrange(0x1000, 0xFFFF):x}::7"
        )

    def mac(self) -> str:
        return self._new(":".join(f"{self._random.randrange(256):02x}" for _ in range(6)))

    def modem(self) -> str:
        return self._new(f"0050.{self._random.randrange(0x10000):04x}.{self._random.randrange(0x10000):04x}")

    def user(self) -> str:
        return self._new(f"tgt{self._digits(5)}@isp.example")

    def operator(self) -> str:
        return self._new(f"liop{self._digits(6)}")

    def liid(self) -> str:
        return self._new(f"LIID-{self._digits(7)}")

    def xid(self) -> str:
        return self._new(str(uuid.UUID(int=self._random.getrandbits(128), version=4)))

    def subscriber(self) -> str:
        return self._new(f"sub-{self._digits(8)}")

    def sap(self) -> str:
        return self._new(
            f"1/1/{self._random.randrange(10, 99)}:{self._random.randrange(3000, 4000)}.{self._random.randrange(3000, 4000)}"
        )

    def filter_entry(self) -> str:
        return self._new(f"lif{self._digits(6)}")

    def number(self) -> str:
        return self._new("8" + self._digits(8))
