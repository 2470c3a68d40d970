"""Which encoding a text file is in: its mark, else strict UTF-8, else Chinese, else Western.

Detectors by statistics are wrong on mostly-ASCII files, so the rule is short and shown
to the person, who may choose another. The whole file is decoded once, strictly, before a
row is read: a wrong encoding is found at the start and not in row 90,000.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from app.exchange.tables import Guess, UnreadableFile
from app.vocabulary import N_, Reason, because

CHUNK = 1 << 20
MAX_BYTES = 512 << 20
ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
    "gb18030",
    "big5",
    "cp1252",
    "iso8859-1",
    "cp1251",
    "shift_jis",
    "euc_kr",
)
"""Those a person may choose, by the names Python normalises to."""
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
COMMON_CHINESE = frozenset(
    bytes((lead, trail)).decode("gb2312", "ignore")
    for lead in (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
    for trail in range(0xA1, 0xFF)
) - {""}
"""GB 2312's punctuation and its 3,755 level-1 characters, above 95 % of running Chinese text."""

_HIGH_RUN = re.compile(r"([A-Za-z]?)([^\x00-\x7f]+)([A-Za-z]?)")
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")


VALID = Reason(N_("Every character of the file is valid in it."))


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode a file: the codec, the bytes of its mark, what to do with broken ones."""

    name: str
    skip: int = 0
    errors: str = "strict"
    lines: int = 0
    is_sure: bool = True
    why: Reason = VALID

    def guess(self) -> Guess:
        """The same as a choice to show."""
        others = tuple(name for name in ENCODINGS if name != self.name)
        return Guess("encoding", self.name, self.is_sure, self.why, others)


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a file first stops being valid in an encoding."""

    line: int
    offset: int


def _chunks(stream: BinaryIO, start: int) -> Iterator[bytes]:
    stream.seek(start)
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > MAX_BYTES:
            raise UnreadableFile(
                because(
                    N_("The file is larger than %(most)s MB. Split it and read the parts."),
                    most=MAX_BYTES >> 20,
                )
            )
        yield chunk


def check_strictly(stream: BinaryIO, name: str, skip: int = 0) -> int | Fault:
    """The number of lines of the file in that encoding, or where it is not valid in it."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    lines, offset = 0, skip
    for chunk in _chunks(stream, skip):
        pending = len(decoder.getstate()[0])
        try:
            lines += decoder.decode(chunk).count("\n")
        except UnicodeDecodeError as error:
            line = lines + 1 + bytes(error.object[: error.start]).count(b"\n")
            return Fault(line, offset - pending + error.start)
        offset += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Fault(lines + 1, offset)
    return lines


def reads_as_chinese(text: str) -> bool:
    """Whether what was decoded as GB 18030 is Chinese, and not accents taken for it.

    An accented letter and the plain one after it decode to a rare character inside a word
    ("Crédito" to "Cr閐ito"); real Chinese is made of common characters that stand between
    letters on one side at the most. True when common ones outside words are half or more.

    >>> accents = "Créditos".encode("cp1252").decode("gb18030")
    >>> reads_as_chinese("客户,Acme"), reads_as_chinese(accents)
    (True, False)
    """
    common = total = 0
    for before, run, after in _HIGH_RUN.findall(text):
        total += len(run)
        if not (before and after):
            common += sum(1 for character in run if character in COMMON_CHINESE)
    return total > 0 and 2 * common >= total


def _broken_utf8(sample: bytes) -> bool:
    """Whether nearly all bytes above ASCII are whole UTF-8 sequences."""
    high = len(_HIGH_BYTE.findall(sample))
    whole = sum(map(len, _UTF8_SEQUENCE.findall(sample)))
    return high >= 20 and whole >= 0.95 * high


def _marked(stream: BinaryIO, head: bytes) -> Encoding | None:
    """The encoding that the file's first bytes name; UTF-32 under a UTF-16 mark is put right."""
    for mark, name in MARKS:
        if not head.startswith(mark):
            continue
        candidates = [(name, Reason(N_("The mark at the start of the file says so.")))]
        if name.startswith("utf-16"):
            wrong = Reason(N_("The mark at its start says UTF-16, but every character is UTF-32."))
            candidates[:0] = [("utf-32-be", wrong), ("utf-32-le", wrong)]
        for candidate, why in candidates:
            lines = check_strictly(stream, candidate, len(mark))
            if isinstance(lines, int):
                return Encoding(candidate, len(mark), lines=lines, why=why)
        return Encoding(
            name,
            len(mark),
            "replace",
            is_sure=False,
            why=Reason(N_("The mark at the start says so, but some characters are broken.")),
        )
    return None


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark shows a zero byte beside every plain letter, always on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) / 8 and odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) / 8 and even > 20 * odd else None


def guess_encoding(stream: BinaryIO) -> Encoding:
    """The encoding a file is most likely in; never fails, since Latin-1 takes any byte."""
    stream.seek(0)
    head = stream.read(4096)
    if marked := _marked(stream, head):
        return marked
    name = _unmarked_utf16(head) or "utf-8"
    found = check_strictly(stream, name)
    if isinstance(found, int):
        return Encoding(name, lines=found, is_sure=name == "utf-8")
    stream.seek(max(0, found.offset - CHUNK // 2))
    sample = stream.read(CHUNK)
    if _broken_utf8(sample):
        why = because(
            N_("Nearly all of it is UTF-8; the first broken character is in line %(line)s."),
            line=found.line,
        )
        return Encoding("utf-8", errors="replace", is_sure=False, why=why)
    return _chinese_or_western(stream, sample)


def _chinese_or_western(stream: BinaryIO, sample: bytes) -> Encoding:
    if reads_as_chinese(sample.decode("gb18030", "ignore")):
        lines = check_strictly(stream, "gb18030")
        if isinstance(lines, int):
            why = Reason(N_("It is not UTF-8, and reads as common Chinese characters."))
            return Encoding("gb18030", lines=lines, is_sure=False, why=why)
    why = Reason(N_("It is neither UTF-8 nor Chinese; Western European is the most likely."))
    lines = check_strictly(stream, "cp1252")
    if isinstance(lines, int):
        return Encoding("cp1252", lines=lines, is_sure=False, why=why)
    return Encoding("iso8859-1", is_sure=False, why=why)


def chosen_encoding(stream: BinaryIO, wanted: str) -> Encoding:
    """The encoding a person chose, if the file is valid in it; else UnreadableFile."""
    name = known_encoding(wanted)
    if not name:
        raise UnreadableFile(
            because(
                N_("There is no encoding %(wanted)s here. Choose one of: %(known)s."),
                wanted=wanted,
                known=", ".join(ENCODINGS),
            )
        )
    skip = _mark_length(stream, name)
    found = check_strictly(stream, name, skip)
    if isinstance(found, Fault):
        raise UnreadableFile(
            because(
                N_(
                    "The file is not in %(encoding)s: line %(line)s has a character that does "
                    "not exist there. Choose another encoding, or let it be guessed."
                ),
                encoding=name,
                line=found.line,
            )
        )
    return Encoding(name, skip, lines=found, why=Reason(N_("You chose it.")))


def _mark_length(stream: BinaryIO, name: str) -> int:
    """The bytes at the start of the file that only name this encoding."""
    stream.seek(0)
    head = stream.read(4)
    marks = (mark for mark, marked in MARKS if marked == name and head.startswith(mark))
    return len(next(marks, b""))


def known_encoding(wanted: str) -> str:
    """The one of ENCODINGS that a name, or a narrower encoding's name, stands for; or "".

    >>> known_encoding("GBK"), known_encoding("latin-1"), known_encoding("rot13")
    ('gb18030', 'iso8859-1', '')
    """
    try:
        name = codecs.lookup(wanted).name
    except (LookupError, ValueError):  # a null byte is no name
        return ""
    name = WIDER.get(name, name)
    return name if name in ENCODINGS else ""
