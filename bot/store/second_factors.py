"""The repository of the second factor: encrypted secrets, used codes, recovery codes."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.services.accounts.sign_in_ports import SecondFactor
from bot.store.sealed_text import SecretBox
from bot.store.tables.people import RECOVERY_CODES, SECOND_FACTORS

LoadBox = Callable[[], SecretBox]


def no_key() -> SecretBox:
    """Return a box with a key that everybody knows; for databases of tests."""
    return SecretBox("")


class SecondFactorRepository:
    """Second factors on one open transaction; see `SecondFactorStore`."""

    def __init__(self, connection: Connection, box: LoadBox = no_key) -> None:
        self._connection = connection
        self._box = box

    def find(self, agent_id: int) -> SecondFactor | None:
        """Return the second factor of an account, confirmed or not."""
        mine = SECOND_FACTORS.c.agent_id == agent_id
        row = self._connection.execute(select(SECOND_FACTORS).where(mine)).first()
        return None if row is None else SecondFactor(self._box().open(row.secret), row.confirmed_at)

    def begin(self, agent_id: int, secret: str, now: datetime) -> None:
        """Store a new secret that waits to be confirmed."""
        self.remove(agent_id)
        values = {
            "agent_id": agent_id,
            "secret": self._box().seal(secret),
            "created_at": now,
            "last_step": 0,
        }
        self._connection.execute(insert(SECOND_FACTORS).values(values))

    def confirm(self, agent_id: int, now: datetime) -> None:
        """Ask for codes from now on."""
        mine = SECOND_FACTORS.c.agent_id == agent_id
        self._connection.execute(update(SECOND_FACTORS).where(mine).values(confirmed_at=now))

    def remove(self, agent_id: int) -> None:
        """Forget the secret and the recovery codes."""
        for table in (SECOND_FACTORS, RECOVERY_CODES):
            self._connection.execute(delete(table).where(table.c.agent_id == agent_id))

    def use_step(self, agent_id: int, step: int) -> bool:
        """Note that the code of a step was used; False when it or a later one was before."""
        mine = (SECOND_FACTORS.c.agent_id == agent_id) & (SECOND_FACTORS.c.last_step < step)
        statement = update(SECOND_FACTORS).where(mine).values(last_step=step)
        return bool(self._connection.execute(statement).rowcount)

    def set_recovery_codes(self, agent_id: int, hashes: Sequence[str]) -> None:
        """Replace the recovery codes."""
        mine = RECOVERY_CODES.c.agent_id == agent_id
        self._connection.execute(delete(RECOVERY_CODES).where(mine))
        rows = [{"agent_id": agent_id, "code_hash": one} for one in hashes]
        self._connection.execute(insert(RECOVERY_CODES), rows)

    def use_recovery_code(self, agent_id: int, code_hash: str, now: datetime) -> bool:
        """Use up a recovery code; False when there is none like it or it was used."""
        statement = (
            update(RECOVERY_CODES)
            .where(
                RECOVERY_CODES.c.agent_id == agent_id,
                RECOVERY_CODES.c.code_hash == code_hash,
                RECOVERY_CODES.c.used_at.is_(None),
            )
            .values(used_at=now)
        )
        return bool(self._connection.execute(statement).rowcount)

    def recovery_codes_left(self, agent_id: int) -> int:
        """Count the codes not used yet."""
        query = (
            select(func.count())
            .select_from(RECOVERY_CODES)
            .where(RECOVERY_CODES.c.agent_id == agent_id, RECOVERY_CODES.c.used_at.is_(None))
        )
        return int(self._connection.execute(query).scalar_one())

    def confirmed(self) -> frozenset[int]:
        """Return the accounts whose logins ask for a code."""
        query = select(SECOND_FACTORS.c.agent_id).where(SECOND_FACTORS.c.confirmed_at.is_not(None))
        return frozenset(self._connection.execute(query).scalars())
