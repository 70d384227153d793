"""Says that a matter is frozen, why, and offers a person; used wherever a matter is spoken of."""

from collections.abc import Iterable

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from bot.documents.application_text import freeze_text
from bot.domain.freezes import Freeze
from bot.services.operating.freezes import frozen_matters


def warn_frozen(matter_ids: Iterable[str], say: CollectingDispatcher) -> None:
    """Say which of these matters are frozen; the database is asked every time."""
    application = app()
    frozen = frozen_matters(application.reading, now=application.now())
    named = [frozen[one] for one in dict.fromkeys(matter_ids) if one in frozen]
    if named:
        said = "\n".join(freeze_text(one, application.catalogue) for one in named)
        say.utter_message(response="utter_apply_freeze_notice", freeze=said)


def say_frozen(freeze: Freeze, say: CollectingDispatcher) -> None:
    """Say that nothing can be handed in, and why."""
    text = freeze_text(freeze, app().catalogue)
    say.utter_message(response="utter_apply_frozen", freeze=text)
