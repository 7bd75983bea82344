"""Strings of devices made fit to be shown, and file names made fit to be written."""

import datetime
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNSAFE = re.compile(r"[^a-z0-9._-]+")
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_SLUG_LENGTH = 60


def shown(text: str) -> str:
    """The text with control, direction and invisible characters replaced by a visible mark."""
    return _HIDDEN.sub("\ufffd", text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """The shown text with its line breaks and tabs turned into spaces."""
    return " ".join(shown(text).split())


def spreadsheet_cell(text: str) -> str:
    """The shown text, kept from being run as a formula by a spreadsheet."""
    cell = shown(text)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell


def slug(text: str) -> str:
    """Lower-case letters, digits, dots, hyphens and underscores of a text; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _UNSAFE.sub("-", plain)[:_SLUG_LENGTH].strip(".-")


def file_names(names: Iterable[str]) -> dict[str, str]:
    """A file name without suffix for each name: its slug, with a hash where the slug is shared, empty or reserved."""
    distinct = list(dict.fromkeys(names))
    slugs = {name: slug(name) for name in distinct}
    shared = Counter(slugs.values())
    plain = {s for s, count in shared.items() if count == 1 and s and not _RESERVED.fullmatch(s)}
    chosen = {}
    for name in distinct:
        chosen[name] = slugs[name] if slugs[name] in plain else _hashed(name, slugs[name], plain)
    return chosen


def _hashed(name: str, base: str, taken: set[str]) -> str:
    """A name with a hash, as long as it takes to be unlike all that are taken; it is then taken too."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    length = 8
    while (candidate := f"{base or 'device'}-{digest[:length]}") in taken and length < len(digest):
        length += 8
    taken.add(candidate)
    return candidate


def count(number: int, singular: str, plural: str = "") -> str:
    """A number with its noun: `1 device`, `1,204 devices`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def share(part: int, whole: int) -> str:
    """A percentage that is 0 % or 100 % only where it is so exactly."""
    if whole <= 0:
        return ""
    if part == whole:
        return "100 %"
    tenths = min(max(part * 1000 // whole, 1 if part else 0), 999)
    return f"{tenths // 10}.{tenths % 10} %"


def first_sentence(text: str) -> str:
    """A text up to the first full stop that ends a sentence."""
    flat = one_line(text)
    end = re.search(r"[.!?](?=\s+[A-Z])", flat)
    return flat[: end.end()] if end else flat


def when(moment: str) -> str:
    """A time of ISO 8601 as people write it; what is none comes back unchanged."""
    try:
        read = datetime.datetime.fromisoformat(moment).astimezone(datetime.UTC)
    except ValueError:
        return moment
    return f"{read.day} {read:%B %Y, %H:%M:%S} UTC"
