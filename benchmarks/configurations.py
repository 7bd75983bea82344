"""Makes configurations of any size that look like those of a provider edge, in the words of every platform."""

from pathlib import Path

_EDGES = Path(__file__).with_name("edges")
EDGES = tuple(sorted(path.stem for path in _EDGES.glob("*.txt")))
"""Names of the kinds: the platform, and the form where a platform has several."""


def provider_edge(lines: int, edge: str = "cisco_iosxe") -> str:
    """A configuration of about this many lines: a head, as many customers as fit, a tail."""
    head, customer, tail = _parts(edge)
    count = max(1, (lines - head.count("\n") - tail.count("\n")) // customer.count("\n"))
    return customers(count, edge)


def customers(count: int, edge: str) -> str:
    """A configuration of this many customers."""
    head, customer, tail = _parts(edge)
    return head + "".join(_numbered(customer, number) for number in range(count)) + tail


def _parts(edge: str) -> tuple[str, str, str]:
    head, rest = (_EDGES / f"{edge}.txt").read_text("utf-8").split("%%customer\n")
    customer, tail = rest.split("%%tail\n")
    return head, customer, tail


def _numbered(customer: str, number: int) -> str:
    """The block of one customer. Braces are syntax in some systems, so the places are replaced one by one."""
    places = {"n": number, "p": number % 8, "v": number % 4094 + 1, "a": number // 250 % 250 + 1, "b": number % 250 + 1}
    for name, value in places.items():
        customer = customer.replace(f"{{{name}}}", str(value))
    return customer
