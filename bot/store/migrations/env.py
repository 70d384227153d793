"""Alembic's entry point; the connection is handed in by `bot.store.migrate`."""

from alembic import context

from bot.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,
    on_version_apply=context.config.attributes["watch"],
)
with context.begin_transaction():
    context.run_migrations()
