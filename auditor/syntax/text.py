"""From bytes to numbered lines. Any bytes give lines; nothing here fails."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, count
from operator import add

_FEW = 6
"""Words up to this number are looked for at once; kinds of lines cost as much as the search for so many."""
_NO_DIGITS = str.maketrans("", "", "0123456789")
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def decode(content: bytes) -> list[str]:
    """Physical lines, numbered from index 0. Line ends CRLF and LF, a NUL after the last word and broken UTF-8 pass.

    Bytes that are no UTF-8 are shown as backslash escapes, so that evidence still names them.
    """
    text = content.decode("utf-8", "backslashreplace")
    text = text.removeprefix("\ufeff")
    lines = text.split("\n")
    if "\r" in text or "\0" in text:
        lines = [line.rstrip("\r\0") for line in lines]
    if lines and not lines[-1]:
        lines.pop()
    return lines


def is_binary(content: bytes) -> bool:
    """Whether the first 8 KiB hold more NUL and control bytes than any text does."""
    head = content[:8192]
    if not head:
        return False
    control = sum(1 for byte in head if byte < 9 or 13 < byte < 27 or byte == 127)
    return control * 20 > len(head)


_PACKETS = re.compile(
    rb"\xd4\xc3\xb2\xa1|\xa1\xb2\xc3\xd4|\x4d\x3c\xb2\xa1|\xa1\xb2\x3c\x4d|\x34\xcd\xb2\xa1|\xa1\xb2\xcd\x34"
    rb"|\x0a\x0d\x0d\x0a.{4}(?:\x4d\x3c\x2b\x1a|\x1a\x2b\x3c\x4d)|snoop\0\0\0|GMBU|RTSS",
    re.DOTALL,
)
"""How files of packets begin: pcap in both orders of bytes, with nanoseconds, and as altered by Kuznetsov (libpcap,
sf-pcap.c); pcapng (draft-ietf-opsawg-pcapng, 4.1); snoop (RFC 1761); Network Monitor 1 and 2."""


def is_packet_capture(content: bytes) -> bool:
    """Whether a file holds packets. None is read: what was sent is nobody's to keep (lawful-intercept reference, 5.3)."""
    return _PACKETS.match(content) is not None


_ARCHIVES = re.compile(
    rb"\x1f[\x8b\x9d\xa0\x1e]|PK(?:\x03\x04|\x05\x06|\x07\x08)|BZh[1-9](?:1AY&SY|\x17rE8P\x90)|\xfd7zXZ\0|7z\xbc\xaf\x27\x1c"
    rb"|\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18|\x04\x22\x4d\x18|\x5d\0\0.\0|LZIP\x01|\x89LZO\0|Rar!\x1a\x07|MSCF\0{4}|!<arch>\n"
    rb"|07070[127][0-9A-Fa-f]{8}|\xc7\x71|xar!\0|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|%PDF-\d|%!PS-Adobe",
    re.DOTALL,
)
"""How archives, compressed files and documents of word processors begin, as in the `magic` files of file(1): compress, pack, gzip
(RFC 1952, 2.3.1); zip, which docx, xlsx and odt are too (APPNOTE 4.3); bzip2; xz; 7z; zstd and its frames that are skipped
(RFC 8878, 3.1); lz4; lzma; lzip; lzop; rar; cabinets; ar; cpio; xar; OLE of doc and xls; PDF; PostScript."""
_TAR_SUM = slice(148, 156)
ARCHIVE_HEAD = 512
"""Bytes in which that is seen: a tar has the sum of its first 512 bytes among them (POSIX.1-2017, pax, ustar format)."""


def is_archive(content: bytes) -> bool:
    """Whether a file holds others, or a text in a form that is none: packed, compressed, bound. None is read."""
    return _ARCHIVES.match(content) is not None or _is_tar(content[:ARCHIVE_HEAD])


def _is_tar(head: bytes) -> bool:
    told = head[_TAR_SUM].strip(b" \0")
    if len(head) < ARCHIVE_HEAD or not told or told.translate(None, b"01234567"):
        return False
    return int(told, 8) == sum(head) - sum(head[_TAR_SUM]) + 8 * ord(" ")


def holds(text: str, word: str) -> bool:
    """Whether a long text holds a word. A letter that is nowhere is seen much faster than a word that is nowhere."""
    return all(letter in text for letter in word) and word in text


def lines_with(lines: list[str], words: Iterable[str]) -> Iterator[int]:
    """Indexes of the lines that hold one of the words, ascending, each once. Letter case is ignored.

    Searches the joined text in C, because looking at every line in Python costs more than parsing it. Most lines differ
    in numbers alone: without its digits a word is looked for in one line of each kind first, if there are many words.
    """
    joined = "\n".join(lines)
    lowered = joined.lower()
    # One letter of Turkish becomes two in lower case, and then places in the text would be those of other lines.
    joined = lowered if len(lowered) == len(joined) else joined.translate(_ASCII_LOWER)
    words = tuple(words)
    kinds = "\n".join(set(joined.translate(_NO_DIGITS).split("\n"))) if len(words) > _FEW else ""
    starts: list[int] = []
    hits: set[int] = set()
    for word in words:
        at = joined.find(word) if not kinds or word.translate(_NO_DIGITS) in kinds else -1
        if at >= 0 and not starts:
            starts = list(map(add, accumulate(map(len, lines), initial=0), count()))
        while at >= 0:
            index = bisect_right(starts, at) - 1
            hits.add(index)
            at = joined.find(word, starts[index + 1])
    return iter(sorted(hit for hit in hits if hit < len(lines)))
