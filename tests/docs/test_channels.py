"""The table of channels is what the channels declare."""

from bot.channels.registry import DECLARATIONS
from bot.domain.deliveries import PULLED_CHANNELS
from bot.settings import ROOT
from bot.store.desk_texts import load_desk_vocabulary
from tools.channels_table import PAGE, page, table


def test_the_table_is_written_from_the_declarations() -> None:
    written = PAGE.read_text(encoding="utf-8")

    assert page(DECLARATIONS, written) == written, "run python -m tools.channels_table"
    assert table(DECLARATIONS) in written


def test_what_is_fetched_needs_no_outbox_and_all_else_does() -> None:
    fetched = {one.name for one in DECLARATIONS if not one.abilities.pushed}

    assert fetched == PULLED_CHANNELS


def test_agents_see_every_channel_by_name() -> None:
    named = load_desk_vocabulary(ROOT / "data").channels

    assert {one.name for one in DECLARATIONS} <= set(named)
