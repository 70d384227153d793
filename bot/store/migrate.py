"""Bring a database to the newest schema, and tell whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from bot.domain.errors import BotError

MIGRATIONS = Path(__file__).parent / "migrations"


class UnknownSchema(BotError):
    """The database was made by a newer 小二, or is not one of ours; nothing was changed."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Apply all migrations up to `revision`; harmless when none is missing.

    Raises:
        UnknownSchema: The database stands at a migration that we do not know.
    """
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    with engine.begin() as connection:
        strange = set(MigrationContext.configure(connection).get_current_heads()) - known
        if strange:
            raise UnknownSchema(
                f"数据库的版本 {', '.join(sorted(strange))} 比程序新或不是小二的, 请用对应的程序"
                " (unknown version of the database: use the program that made it)"
            )
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to `revision` ("base" empties the schema)."""
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def is_current(engine: Engine) -> bool:
    """Tell whether the database stands at the newest migration."""
    heads = set(ScriptDirectory.from_config(_config()).get_heads())
    with engine.connect() as connection:
        current = set(MigrationContext.configure(connection).get_current_heads())
    return heads == current


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
