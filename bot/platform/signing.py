"""Signatures of the contract: who sent a message, that it is whole, fresh and not sent twice.

Source: RFC 2104 (HMAC), GB/T 32905 (SM3); the canonical text is in `docs/approval-platform.md`.
"""

import hmac as stdlib_hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes, hmac

from bot.domain.errors import BotError

KEY, TIME, NONCE = "X-Platform-Key", "X-Platform-Time", "X-Platform-Nonce"
ALGORITHM, DIGEST = "X-Platform-Algorithm", "X-Platform-Digest"
SIGNATURE = "X-Platform-Signature"

SHA256, SM3 = "HMAC-SHA256", "HMAC-SM3"
ALGORITHMS: Mapping[str, type[hashes.HashAlgorithm]] = {SHA256: hashes.SHA256, SM3: hashes.SM3}

REQUEST, ANSWER = "XIAOER-PLATFORM-1", "XIAOER-PLATFORM-1-ANSWER"
"""First line of what is signed: a signature of one never fits the other."""

SKEW_S = 300
"""Clocks may differ by so much; a nonce is remembered for twice as long."""

SHORTEST_SECRET = 16
LONGEST_NONCE = 64
NONCE_BYTES = 16


class BadKeys(BotError):
    """The setting of the keys cannot be read."""


class BadSignature(BotError):
    """The message is not proven to come from the other side.

    Attributes:
        code: `signature` or `clock`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Keyring:
    """Secrets by id; the first one signs, all of them are accepted, so that keys can be changed.

    Attributes:
        secrets: By key id, in order.
        algorithm: What we sign with; both are accepted.
    """

    secrets: Mapping[str, bytes] = field(repr=False)
    algorithm: str = SHA256

    @property
    def signing_id(self) -> str:
        """Return the id of the key that signs."""
        return next(iter(self.secrets))


def read_keys(text: str, algorithm: str = SHA256) -> Keyring:
    """Read "id:secret, id:secret".

    Raises:
        BadKeys: No key, a secret of under 16 characters, or an unknown algorithm.
    """
    pairs = [part.strip().partition(":") for part in text.split(",") if part.strip()]
    secrets_by_id = {key.strip(): secret.strip().encode() for key, _, secret in pairs}
    if not secrets_by_id or any(len(one) < SHORTEST_SECRET for one in secrets_by_id.values()):
        raise BadKeys(f"expected id:secret with at least {SHORTEST_SECRET} characters of secret")
    name = algorithm.strip().upper()
    if name not in ALGORITHMS:
        raise BadKeys(f"algorithm {algorithm!r}: expected {' or '.join(ALGORITHMS)}")
    return Keyring(secrets_by_id, name)


def sign_request(
    keys: Keyring, method: str, target: str, body: bytes, *, now: float, nonce: str = ""
) -> dict[str, str]:
    """Return the headers that sign a request.

    Args:
        keys: The first one signs.
        method: In capitals.
        target: Path with the query, as it is sent.
        body: As it is sent, b"" for none.
        now: Unix time in seconds.
        nonce: Made at random unless given.
    """
    nonce = nonce or secrets.token_hex(NONCE_BYTES)
    headers = _stamp(keys, keys.signing_id, nonce, body, now)
    text = _canonical(REQUEST, f"{method}\n{target}", headers)
    return {**headers, SIGNATURE: _hmac(keys.secrets[keys.signing_id], keys.algorithm, text)}


def sign_answer(
    keys: Keyring, key_id: str, nonce: str, *, status: int, body: bytes, now: float
) -> dict[str, str]:
    """Return the headers that sign an answer, bound to the request by key and nonce."""
    headers = _stamp(keys, key_id, nonce, body, now)
    text = _canonical(ANSWER, str(status), headers)
    return {**headers, SIGNATURE: _hmac(keys.secrets[key_id], keys.algorithm, text)}


def check_request(
    keys: Keyring, method: str, target: str, *, headers: Mapping[str, str], body: bytes, now: float
) -> str:
    """Return the nonce of a request that is rightly signed; the caller refuses a known one.

    Args:
        keys: All are accepted.
        method: In capitals.
        target: Path with the query, as it was received.
        headers: Of the request, by any spelling of their names.
        body: As it was received.
        now: Unix time in seconds.

    Raises:
        BadSignature: With the code `signature`, or `clock` when all is right but the time.
    """
    return _check(keys, REQUEST, f"{method}\n{target}", headers=headers, body=body, now=now)


def check_answer(
    keys: Keyring,
    status: int,
    sent: Mapping[str, str],
    *,
    headers: Mapping[str, str],
    body: bytes,
    now: float,
) -> None:
    """Make sure that an answer belongs to the request with the headers `sent`.

    Raises:
        BadSignature: As `check_request`.
    """
    nonce = _check(keys, ANSWER, str(status), headers=headers, body=body, now=now)
    if not stdlib_hmac.compare_digest(nonce.encode(), sent[NONCE].encode()):
        raise BadSignature("signature")


def _check(
    keys: Keyring, kind: str, subject: str, *, headers: Mapping[str, str], body: bytes, now: float
) -> str:
    lowered = {name.lower(): value for name, value in headers.items()}
    given = {name: lowered.get(name.lower(), "") for name in (KEY, TIME, NONCE, ALGORITHM, DIGEST)}
    algorithm = given[ALGORITHM]
    nonce = given[NONCE]
    is_formed = algorithm in ALGORITHMS and given[TIME].isdecimal() and nonce.isascii()
    if not is_formed or not NONCE_BYTES <= len(nonce) <= LONGEST_NONCE:
        raise BadSignature("signature")
    # an unknown key id takes as long as a known one
    secret = keys.secrets.get(given[KEY], b"\0" * SHORTEST_SECRET)
    expected = _hmac(secret, algorithm, _canonical(kind, subject, given))
    is_signed = _same(expected, lowered.get(SIGNATURE.lower(), ""))
    is_whole = _same(_digest(algorithm, body), given[DIGEST])
    if not (is_signed and is_whole and given[KEY] in keys.secrets):
        raise BadSignature("signature")
    if abs(int(given[TIME]) - now) > SKEW_S:
        raise BadSignature("clock")
    return nonce


def _stamp(keys: Keyring, key_id: str, nonce: str, body: bytes, now: float) -> dict[str, str]:
    return {
        KEY: key_id,
        TIME: str(int(now)),
        NONCE: nonce,
        ALGORITHM: keys.algorithm,
        DIGEST: _digest(keys.algorithm, body),
    }


def _canonical(kind: str, subject: str, headers: Mapping[str, str]) -> bytes:
    names = (KEY, TIME, NONCE, ALGORITHM, DIGEST)
    return "\n".join([kind, subject, *(headers[name] for name in names)]).encode()


def _hmac(secret: bytes, algorithm: str, text: bytes) -> str:
    made = hmac.HMAC(secret, ALGORITHMS[algorithm]())
    made.update(text)
    return made.finalize().hex()


def _digest(algorithm: str, body: bytes) -> str:
    made = hashes.Hash(ALGORITHMS[algorithm]())
    made.update(body)
    return made.finalize().hex()


def _same(expected: str, given: str) -> bool:
    return stdlib_hmac.compare_digest(expected.encode(), given.lower().encode())
