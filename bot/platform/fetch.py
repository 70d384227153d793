"""One HTTP request to the platform, with bounds on time and size that nobody can stretch."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy

import requests
from requests.adapters import HTTPAdapter

from bot.services.platform.errors import PlatformTrouble, Trouble

MAX_ANSWER_BYTES = 2 * 1024 * 1024
"""A page of 50 cases with long histories has a tenth of it."""

CONNECT_S = 2.0
CHUNK = 64 * 1024
POOL = 16
SHORTEST_S = 0.05


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def open_session(ca_file: str) -> requests.Session:
    """Return a session that verifies TLS, with the system's authorities or those of a file.

    It tries nothing again by itself, and heeds neither proxies nor passwords of the environment:
    an address in a setting has to be the one that is asked.
    """
    session = requests.Session()
    session.trust_env = False
    session.verify = ca_file or True
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(pool_maxsize=POOL, max_retries=0))
    return session


def fetch(
    session: requests.Session,
    method: str,
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    ends_at: float,
) -> Answer:
    """Make one request and read the answer to its end.

    Args:
        session: Of `open_session`.
        method: In capitals.
        url: Whole address.
        body: JSON, or b"".
        headers: Beside those of the transport.
        ends_at: By `time.monotonic`; an answer that drips is cut off at this moment, give or take
            the wait for one more piece of it.

    Raises:
        PlatformTrouble: No connection, too slow, too large, or a redirect, which is not followed.
    """
    left = ends_at - time.monotonic()
    if left < SHORTEST_S:
        raise PlatformTrouble(Trouble.SLOW)
    try:
        with session.request(
            method,
            url,
            data=body or None,
            headers={**headers, "Accept": "application/json", "Accept-Encoding": "identity"},
            timeout=(min(CONNECT_S, left), left),
            allow_redirects=False,
            stream=True,
        ) as response:
            if response.is_redirect:
                raise PlatformTrouble(Trouble.GARBLED, f"redirect {response.status_code}")
            content = _read(response, ends_at)
            return Answer(response.status_code, response.headers, content)
    except requests.Timeout as error:
        raise PlatformTrouble(Trouble.SLOW, type(error).__name__) from None
    except requests.RequestException as error:
        # the message of the library holds addresses
        raise PlatformTrouble(Trouble.DOWN, type(error).__name__) from None


def _read(response: requests.Response, ends_at: float) -> bytes:
    declared = response.headers.get("Content-Length", "0")
    if declared.isdecimal() and int(declared) > MAX_ANSWER_BYTES:
        raise PlatformTrouble(Trouble.GARBLED, "answer too large")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        # unpacking could make much of little
        raise PlatformTrouble(Trouble.GARBLED, "answer is packed")
    pieces, size = [], 0
    for piece in response.iter_content(CHUNK):
        size += len(piece)
        if size > MAX_ANSWER_BYTES:
            raise PlatformTrouble(Trouble.GARBLED, "answer too large")
        if time.monotonic() > ends_at:
            raise PlatformTrouble(Trouble.SLOW, "answer drips")
        pieces.append(piece)
    return b"".join(pieces)
