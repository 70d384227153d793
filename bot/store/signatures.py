"""The repository of confirmations and signatures."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.domain.signing import Confirmation, Signature, SigningMethod
from bot.store.inserts import insert_if_absent
from bot.store.tables.papers import CONFIRMATIONS, SIGNATURES


class SigningRepository:
    """Confirmations and signatures on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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
        columns = CONFIRMATIONS.c
        self._connection.execute(
            update(CONFIRMATIONS)
            .where(columns.plan_id == plan_id, columns.expires_at > now, columns.used_at.is_(None))
            .values(expires_at=now)
        )
        values = {
            "plan_id": plan_id,
            "conversation_id": conversation_id,
            "salt": salt,
            "code_hash": code_hash,
            "created_at": now,
            "expires_at": expires_at,
            "tries": 0,
        }
        if not insert_if_absent(self._connection, CONFIRMATIONS, {"origin": origin, **values}):
            self._connection.execute(
                update(CONFIRMATIONS)
                .where(columns.origin == origin, columns.used_at.is_(None))
                .values(**values)
            )

    def made_since(self, plan_id: int, since: datetime, besides: str) -> tuple[datetime, ...]:
        """Return when the codes of a plan were made, those of the origin `besides` left out."""
        columns = CONFIRMATIONS.c
        query = select(columns.created_at).where(
            columns.plan_id == plan_id, columns.created_at > since, columns.origin != besides
        )
        return tuple(row.created_at for row in self._connection.execute(query))

    def latest_confirmation(self, plan_id: int) -> Confirmation | None:
        """Return the newest confirmation of a plan."""
        columns = CONFIRMATIONS.c
        query = select(CONFIRMATIONS).where(columns.plan_id == plan_id)
        newest = query.order_by(columns.created_at.desc(), columns.id.desc()).limit(1)
        row = self._connection.execute(newest).first()
        return None if row is None else _confirmation(row)

    def take_try(self, seen: Confirmation) -> bool:
        """Count a try; False when another one was counted meanwhile."""
        columns = CONFIRMATIONS.c
        statement = (
            update(CONFIRMATIONS)
            .where(columns.id == seen.id, columns.tries == seen.tries)
            .values(tries=seen.tries + 1)
        )
        return bool(self._connection.execute(statement).rowcount)

    def use(self, seen: Confirmation, now: datetime) -> bool:
        """Use a confirmation; False when it was used meanwhile."""
        columns = CONFIRMATIONS.c
        statement = (
            update(CONFIRMATIONS)
            .where(columns.id == seen.id, columns.used_at.is_(None))
            .values(used_at=now)
        )
        return bool(self._connection.execute(statement).rowcount)

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
        values = {
            "plan_id": confirmation.plan_id,
            "confirmation_id": confirmation.id,
            "conversation_id": confirmation.conversation_id,
            "document_number": document_number,
            "document_sha256": document_sha256,
            "signer": signer,
            "method": method.value,
            "image": image,
            "signed_at": now,
        }
        self._connection.execute(insert(SIGNATURES).values(**values))
        query = select(SIGNATURES).where(SIGNATURES.c.confirmation_id == confirmation.id)
        return _signature(self._connection.execute(query).one())

    def of_plan(self, plan_id: int) -> tuple[Signature, ...]:
        """Return the signatures of a plan, newest first."""
        columns = SIGNATURES.c
        query = select(SIGNATURES).where(columns.plan_id == plan_id).order_by(columns.id.desc())
        return tuple(_signature(row) for row in self._connection.execute(query))


def _confirmation(row: Row) -> Confirmation:
    return Confirmation(
        id=row.id,
        plan_id=row.plan_id,
        conversation_id=row.conversation_id,
        salt=row.salt,
        code_hash=row.code_hash,
        expires_at=row.expires_at,
        tries=row.tries,
        used_at=row.used_at,
    )


def _signature(row: Row) -> Signature:
    return Signature(
        id=row.id,
        plan_id=row.plan_id,
        confirmation_id=row.confirmation_id,
        conversation_id=row.conversation_id,
        document_number=row.document_number,
        document_sha256=row.document_sha256,
        signer=row.signer,
        method=SigningMethod(row.method),
        image=None if row.image is None else bytes(row.image),
        signed_at=row.signed_at,
    )
