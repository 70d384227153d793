from pathlib import Path

from sqlalchemy import text

from bot.data_keys import data_keys
from bot.operations.ticket_commands import recompute_all
from bot.settings import Settings
from bot.store.engine import open_engine
from bot.store.migrate import upgrade
from bot.store.unit_of_work import unit_of_work_factory
from tests.casework_factories import NOW, whistle


def test_tickets_that_other_rules_counted_are_counted_again_once(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}", state_dir=tmp_path)
    engine = open_engine(settings.database_url, data_keys("", settings.state_dir))
    upgrade(engine)
    unit = unit_of_work_factory(engine)
    for origin in ("a", "b", "c"):
        whistle(unit, origin=origin)
    with engine.begin() as connection:
        connection.execute(text("UPDATE tickets SET clock_key = 'old', due_at = NULL"))

    assert recompute_all(settings, NOW, batch=2) == 3
    assert recompute_all(settings, NOW, batch=2) == 0
    with engine.begin() as connection:
        missing = connection.execute(text("SELECT count(*) FROM tickets WHERE due_at IS NULL"))
        assert missing.scalar_one() == 0
    engine.dispose()
