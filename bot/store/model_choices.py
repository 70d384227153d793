"""The repository of models: which were chosen, and where the one in use listens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection

from bot.domain.model_life import ChoiceState, ModelChoice, Serving
from bot.store.tables.learning import MODEL_CHOICES, RASA_SERVING
from bot.store.upserts import insert_on_conflict

C = MODEL_CHOICES.c
# built once: each message asks
_SERVING = select(RASA_SERVING).where(RASA_SERVING.c.run_id == bindparam("run"))


class ModelRepository:
    """Choices of models on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, choice: ModelChoice) -> int:
        """Write a choice and return its id."""
        values = {
            "name": choice.name,
            "sha256": choice.sha256,
            "base": choice.base,
            "state": choice.state.value,
            "by": choice.by,
            "at": choice.at,
            "reason": choice.reason,
            "error": choice.error,
            "active_at": choice.active_at,
        }
        result = self._connection.execute(insert(MODEL_CHOICES).values(**values))
        choice_id: int = result.inserted_primary_key[0]
        return choice_id

    def get(self, choice_id: int) -> ModelChoice | None:
        """Return a choice, None when there is none."""
        return self._first(select(MODEL_CHOICES).where(C.id == choice_id))

    def newest_in(self, state: ChoiceState) -> ModelChoice | None:
        """Return the newest choice in a state."""
        query = select(MODEL_CHOICES).where(C.state == state.value)
        return self._first(query.order_by(C.id.desc()).limit(1))

    def newest(self, limit: int) -> Sequence[ModelChoice]:
        """Return the newest choices, newest first."""
        query = select(MODEL_CHOICES).order_by(C.id.desc()).limit(limit)
        return [_choice(row) for row in self._connection.execute(query)]

    def served(self, limit: int) -> Sequence[ModelChoice]:
        """Return the choices that have served, the one that began last first."""
        query = select(MODEL_CHOICES).where(C.active_at.is_not(None))
        query = query.order_by(C.active_at.desc(), C.id.desc()).limit(limit)
        return [_choice(row) for row in self._connection.execute(query)]

    def move(self, choice_id: int, *, seen: ChoiceState, to: ChoiceState, error: str = "") -> bool:
        """Bring a choice into another state; False when it had moved."""
        moved = self._connection.execute(
            update(MODEL_CHOICES)
            .where(C.id == choice_id, C.state == seen.value)
            .values(state=to.value, error=error)
        )
        return moved.rowcount == 1

    def move_all(self, *, seen: ChoiceState, to: ChoiceState, but: int = 0) -> None:
        """Bring all choices of a state into another, except one."""
        self._connection.execute(
            update(MODEL_CHOICES).where(C.state == seen.value, C.id != but).values(state=to.value)
        )

    def set_active(self, choice_id: int, at: datetime) -> None:
        """Note since when a choice serves."""
        self._connection.execute(
            update(MODEL_CHOICES)
            .where(C.id == choice_id)
            .values(state=ChoiceState.ACTIVE.value, active_at=at)
        )

    def serving(self, run_id: str) -> Serving | None:
        """Return where the model of one run listens."""
        row = self._connection.execute(_SERVING, {"run": run_id}).one_or_none()
        return Serving(row.run_id, row.url, row.choice_id, row.at) if row else None

    def set_serving(self, serving: Serving) -> None:
        """Write where the model of one run listens from now on."""
        values = {"url": serving.url, "choice_id": serving.choice_id, "at": serving.at}
        statement = insert_on_conflict(self._connection, RASA_SERVING)
        self._connection.execute(
            statement.values(run_id=serving.run_id, **values).on_conflict_do_update(
                index_elements=["run_id"], set_=values
            )
        )

    def _first(self, query: Any) -> ModelChoice | None:
        row = self._connection.execute(query).one_or_none()
        return _choice(row) if row else None


def _choice(row: Any) -> ModelChoice:
    return ModelChoice(
        id=row.id,
        name=row.name,
        sha256=row.sha256,
        base=row.base,
        state=ChoiceState(row.state),
        by=row.by,
        at=row.at,
        reason=row.reason,
        error=row.error,
        active_at=row.active_at,
    )
