"""Names for files that are sent: as people wrote them, without what systems refuse."""

from __future__ import annotations

import re
from urllib.parse import quote

REFUSED = re.compile(r'[\\/:*?"<>|%\x00-\x1f\x7f]+')
MOST = 120


def file_name(suffix: str, *parts: object) -> str:
    """The parts as a name with a suffix, at most 120 characters before it.

    >>> file_name("pdf", "江州/第一医院", "2026-03-02")
    '江州 第一医院 2026-03-02.pdf'
    """
    words = " ".join(REFUSED.sub(" ", str(part)).strip() for part in parts)
    return f"{words[:MOST].strip(' .') or 'file'}.{suffix}"


def attachment(name: str) -> str:
    """The header that has a file kept under a name, for browsers old and new (RFC 6266).

    >>> attachment("地图 map.pdf").partition("*=")[2]
    "UTF-8''%E5%9C%B0%E5%9B%BE%20map.pdf"
    """
    plain = name.encode("ascii", "ignore").decode().strip()
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
