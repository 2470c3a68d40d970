"""Many contact cards at once: a zip of them, or several files sent together."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from functools import partial
from typing import BinaryIO

from app.exchange.encodings import chosen_encoding, guess_encoding
from app.exchange.separated import text_lines
from app.exchange.tables import Table, UnreadableFile
from app.exchange.vcards import cards_table
from app.vocabulary import N_, because

SUFFIX = ".vcf"
MOST_CARDS = 10_000
MOST_UNPACKED = 64 << 20
"""Ten thousand cards with their photos; a card without one has a kilobyte."""

SentFile = tuple[str, bytes]


def packed(files: Sequence[SentFile]) -> bytes:
    """Several card files as one; raises UnreadableFile when one of them is something else."""
    for name, _content in files:
        if not name.lower().endswith(SUFFIX):
            raise UnreadableFile(
                because(
                    N_(
                        "Several files at once must all be contact cards (.vcf): "
                        "send “%(file)s” by itself."
                    ),
                    file=name,
                )
            )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, content) in enumerate(files, start=1):
            archive.writestr(f"{place}/{name.replace('/', ' ')}", content)
    return stream.getvalue()


def zipped_cards(stream: BinaryIO, encoding: str | None) -> Table | None:
    """A Table of the cards in a zip; None when it holds none, or is damaged."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
    cards = [one for one in archive.infolist() if one.filename.lower().endswith(SUFFIX)]
    if not cards:
        return None
    if len(cards) > MOST_CARDS or sum(one.file_size for one in cards) > MOST_UNPACKED:
        raise UnreadableFile(because(N_("The zip unpacks to too much. Split it and retry.")))
    sources = [(_last(one.filename), partial(_lines, archive, one, encoding)) for one in cards]
    return cards_table(sources)


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _lines(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, encoding: str | None
) -> Iterator[str]:
    try:
        stream = io.BytesIO(archive.read(member))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFile(
            because(
                N_("%(file)s in the zip is damaged or locked by a password."),
                file=_last(member.filename),
            )
        ) from error
    if stream.getbuffer().nbytes:
        found = chosen_encoding(stream, encoding) if encoding else guess_encoding(stream)
        yield from text_lines(stream, found)
