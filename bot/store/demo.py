"""The repository of the mark that a database holds made-up data only, and of taking them away."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Table, delete, exists, insert, or_, select
from sqlalchemy.engine import Connection

from bot.store.read_once import read_files_once
from bot.store.tables import METADATA
from bot.store.tables.booking_desk import HELPERS
from bot.store.tables.casework import CASES, FEEDBACK
from bot.store.tables.conversations import CONVERSATIONS
from bot.store.tables.demo import DEMO_MARKS
from bot.store.tables.people import AGENTS
from bot.store.tables.services import BOOKINGS
from bot.store.tables.triggers import GUARDED, append_only, append_only_dropped

LOGINS = "demo-"
"""Logins of made-up staff begin so."""

KEPT = frozenset(
    {
        *("agents", "audit_entries", "audit_head", "city_identities", "city_logins"),
        *("confirmations", "recovery_codes", "second_factors", "desk_sessions", "login_attempts"),
        *("canned_replies", "counters", "desk_departments", "desk_filters", "desk_presence"),
        *("desk_profiles", "fact_checks", "halls", "helpers", "helper_absences"),
        *("service_settings", "service_setting_versions", "whistle_settings", "switch_changes"),
        *("channel_cursors", "channel_tokens", "kf_accounts", "platform_feed", "platform_nonces"),
        *("learning_jobs", "model_choices", "rasa_serving", "plan_rule_sets", "talk_counters"),
        "schema_steps",
    }
)
"""Tables of what an operator has set up, and of numbers that must not be given twice."""


@read_files_once("demo/month.yml")
def load_demo_note(data_dir: Path) -> str:
    """Return the line that stands over every page of a demo."""
    file = data_dir / "demo" / "month.yml"
    return str(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["note"])


def is_counted(is_demo: Any) -> Any:
    """Return the condition that something counts, given its column that says it is made up.

    Made-up rows beside real ones count nowhere; where all is made up there is nothing else.
    """
    return or_(is_demo.is_(False), exists(select(DEMO_MARKS.c.id)))


class DemoRepository:
    """The mark on one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def filled_at(self) -> datetime | None:
        """Return since when it is a demo, None when it is none."""
        found: datetime | None = self._connection.execute(select(DEMO_MARKS.c.filled_at)).scalar()
        return found

    def has_real_data(self) -> bool:
        """Tell whether anybody has talked, applied, booked or complained here."""
        real_case = exists().where(CASES.c.is_demo.is_(False))
        others = (exists(select(t.c.id)) for t in (CONVERSATIONS, BOOKINGS, FEEDBACK))
        return any(
            self._connection.execute(select(one)).scalar_one() for one in (real_case, *others)
        )

    def mark(self, now: datetime) -> None:
        """Note that everything in it is made up from now on."""
        self._connection.execute(insert(DEMO_MARKS).values(id=1, filled_at=now))

    def clear(self) -> None:
        """Delete everything that people and the demo have done here, and the mark."""
        staff = select(AGENTS.c.id).where(AGENTS.c.login.startswith(LOGINS))
        self._connection.execute(delete(HELPERS).where(HELPERS.c.agent_id.in_(staff)))
        going = [table for table in reversed(METADATA.sorted_tables) if table.name not in KEPT]
        for table in going:
            self._empty(table)

    def _empty(self, table: Table) -> None:
        # histories cannot be changed; of made-up ones nothing is evidence
        if table.name in GUARDED:
            self._run(append_only_dropped(table.name)[self._connection.dialect.name])
        self._connection.execute(delete(table))
        if table.name in GUARDED:
            self._run(append_only(table.name)[self._connection.dialect.name])

    def _run(self, statements: Sequence[str]) -> None:
        for statement in statements:
            self._connection.exec_driver_sql(statement)
