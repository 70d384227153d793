"""The repositories of the second factor and of a city's own sign-in, as use cases see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True)
class SecondFactor:
    """The shared secret of an account and its authenticator.

    Attributes:
        secret: Base32.
        confirmed_at: None until the first right code; so long no login asks for one.
    """

    secret: str
    confirmed_at: datetime | None


class SecondFactorStore(Protocol):
    """Secrets, used codes and recovery codes."""

    def find(self, agent_id: int) -> SecondFactor | None:
        """Return the second factor of an account, confirmed or not."""

    def begin(self, agent_id: int, secret: str, now: datetime) -> None:
        """Store a new secret that waits to be confirmed."""

    def confirm(self, agent_id: int, now: datetime) -> None:
        """Ask for codes from now on."""

    def remove(self, agent_id: int) -> None:
        """Forget the secret and the recovery codes."""

    def use_step(self, agent_id: int, step: int) -> bool:
        """Note that the code of a step was used; False when it or a later one was before."""

    def set_recovery_codes(self, agent_id: int, hashes: Sequence[str]) -> None:
        """Replace the recovery codes."""

    def use_recovery_code(self, agent_id: int, code_hash: str, now: datetime) -> bool:
        """Use up a recovery code; False when there is none like it or it was used."""

    def recovery_codes_left(self, agent_id: int) -> int:
        """Count the codes not used yet."""

    def confirmed(self) -> frozenset[int]:
        """Return the accounts whose logins ask for a code."""


class CityLoginStore(Protocol):
    """Logins under way at a city's own sign-in, and who is who there."""

    def put(self, key_hash: str, state: Mapping[str, Any], now: datetime) -> None:
        """Keep what has to be known again when the browser comes back."""

    def take(self, key_hash: str, since: datetime) -> dict[str, Any] | None:
        """Return and delete it; None when unknown, used before or older than `since`."""

    def forget(self, before: datetime) -> int:
        """Delete logins that were never finished; returns how many."""

    def agent_of(self, issuer: str, subject: str) -> int | None:
        """Return the account that a person of the city is linked with."""

    def link(self, issuer: str, subject: str, agent_id: int, now: datetime) -> bool:
        """Link a person of the city with an account; False when the person is linked already."""

    def linked(self) -> frozenset[int]:
        """Return the accounts that are linked."""
