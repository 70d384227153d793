"""What the use cases of documents, short links and signatures need of a store."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.issued import IssuedDocument, PaperKind
from bot.domain.signing import Confirmation, Signature, SigningMethod


class IssuedStore(Protocol):
    """Documents given out."""

    def keep(self, document: IssuedDocument) -> IssuedDocument:
        """Write a document, or return the one made from the same things before."""

    def find(self, kind: PaperKind, plan_id: int, version: str) -> IssuedDocument | None:
        """Return the document of a kind that was made from exactly these things."""

    def by_number(self, number: str) -> IssuedDocument:
        """Return one; raises `UnknownDocument`."""

    def by_sha256(self, sha256: str) -> IssuedDocument | None:
        """Return the document that is exactly this file."""

    def has_sealed_with(self, fingerprint: str) -> bool:
        """Tell whether a certificate has ever sealed a document here."""


class ShortLinkStore(Protocol):
    """Short links to plans."""

    def add(self, plan_id: int, code_hash: str, now: datetime) -> None:
        """Add a link to a plan."""

    def open_links(self, plan_id: int) -> int:
        """Count the links of a plan that are not switched off."""

    def plan_id(self, code_hash: str) -> int:
        """Return the plan that an open link leads to; raises `UnknownLink`."""

    def revoke_all(self, plan_id: int, now: datetime) -> int:
        """Switch every open link of a plan off; returns how many there were."""


class FailedLookupStore(Protocol):
    """Codes and numbers that were tried and do not exist."""

    def note(self, subject: str, now: datetime, keep_since: datetime) -> None:
        """Remember one, and forget what is older than `keep_since`."""

    def count(self, subject: str, since: datetime) -> int:
        """Count those of one subject."""


class PlanFormStore(Protocol):
    """The filled single forms of plans."""

    def answers(self, plan_id: int) -> dict[str, str] | None:
        """Return what was filled in, by field; None before anything was."""

    def save(self, plan_id: int, answers: Mapping[str, str], now: datetime) -> None:
        """Write what was filled in, in place of what was before."""


class SigningStore(Protocol):
    """Confirmations and signatures."""

    def replace_confirmation(
        self,
        *,
        origin: str,
        plan_id: int,
        conversation_id: str,
        salt: str,
        code_hash: str,
        now: datetime,
        expires_at: datetime,
    ) -> None:
        """Write a new confirmation of a plan and end the open ones; the same origin renews its."""

    def made_since(self, plan_id: int, since: datetime, besides: str) -> tuple[datetime, ...]:
        """Return when the codes of a plan were made, those of the origin `besides` left out."""

    def latest_confirmation(self, plan_id: int) -> Confirmation | None:
        """Return the newest confirmation of a plan."""

    def take_try(self, seen: Confirmation) -> bool:
        """Count a try; False when another one was counted meanwhile."""

    def use(self, seen: Confirmation, now: datetime) -> bool:
        """Use a confirmation; False when it was used meanwhile."""

    def add(
        self,
        confirmation: Confirmation,
        *,
        document_number: str,
        document_sha256: str,
        signer: str,
        method: SigningMethod,
        image: bytes | None,
        now: datetime,
    ) -> Signature:
        """Write the evidence of a signature."""

    def of_plan(self, plan_id: int) -> tuple[Signature, ...]:
        """Return the signatures of a plan, newest first."""
