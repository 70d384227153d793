"""Headers under which a file that somebody handed in is given out."""

from pathlib import PurePath
from urllib.parse import quote


def file_headers(name: str) -> dict[str, str]:
    """Return headers by which a browser saves a file and runs nothing of it.

    Source: RFC 6266, appendix D (a plain name for old clients, then the real one in UTF-8).
    """
    plain = "file" + PurePath(name).suffix
    return {
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
