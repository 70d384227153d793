"""What messaging platforms make us keep, as use cases and channels see it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class KeptToken:
    """An access token as all hubs see it.

    Attributes:
        value: The token; "" before the first one, or when it cannot be read any more.
        expires_at: When the platform forgets it; None before the first one.
        version: Grows with each token.
    """

    value: str = field(repr=False)
    expires_at: datetime | None
    version: int


@dataclass(frozen=True)
class KfAccount:
    """An account of 微信客服 whose news are to be fetched.

    Attributes:
        cursor: Where the news go on; "" for the beginning.
        token: What the last callback gave to fetch with; "" when it is too old.
        rung: Callbacks that had come when it was taken.
    """

    open_kfid: str
    cursor: str
    token: str = field(repr=False)
    rung: int


class QuotaStore(Protocol):
    """What platforms with a quota still allow; every method locks the row of the conversation."""

    def grant(
        self, conversation_id: str, *, event_id: str, lines: int, until: datetime, now: datetime
    ) -> None:
        """Allow lines until then; the same event again, or less than there is, changes nothing."""

    def spend(self, conversation_id: str, now: datetime) -> int | None:
        """Take one; returns how many are left, None when there was none."""

    def give_back(self, conversation_id: str) -> None:
        """Allow one more."""

    def event(self, conversation_id: str) -> str | None:
        """Return what the person did last."""

    def use_up(self, conversation_id: str, event_id: str | None) -> bool:
        """Allow none any more, unless the person has done something since `event_id`."""


class TokenStore(Protocol):
    """Access tokens of platforms, encrypted."""

    def find(self, name: str) -> KeptToken:
        """Return the token of a name."""

    def claim(self, name: str, *, version: int, now: datetime, until: datetime) -> bool:
        """Take the right to fetch the token after this one; False when another has it."""

    def keep(self, name: str, *, value: str, expires_at: datetime) -> None:
        """Keep a new token and give the claim back."""

    def release(self, name: str) -> None:
        """Give the claim back without a new token."""


class KfAccountStore(Protocol):
    """Accounts of 微信客服: one process fetches the news of one, from where it stopped."""

    def ring(self, open_kfid: str, *, token: str, token_until: datetime, now: datetime) -> None:
        """Note that there are news."""

    def ring_all(self, now: datetime) -> None:
        """Have the news of all accounts fetched: callbacks may have found nobody."""

    def claim(self, *, lease: str, now: datetime, until: datetime) -> KfAccount | None:
        """Take an account with news that nobody fetches, or None."""

    def advance(self, open_kfid: str, *, lease: str, cursor: str, until: datetime) -> bool:
        """Note what has been stored and hold the lease for longer; False when it is lost."""

    def finish(self, open_kfid: str, *, lease: str, rung: int) -> None:
        """Note that all news up to these callbacks are stored, and give the lease back."""

    def retry(self, open_kfid: str, *, lease: str, at: datetime) -> None:
        """Give the lease back; the news are fetched then."""
