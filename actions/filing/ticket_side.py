"""What the use cases of a business's whistle need, at this moment."""

from rasa_sdk.executor import CollectingDispatcher

from actions import app
from bot.documents.whistle_limits_text import whistle_limits_text
from bot.services.tickets.business import BusinessSide
from bot.services.tickets.whistle_settings import current_rules


def says_who_sees_to_it(say: CollectingDispatcher) -> None:
    """Say who sees to a whistle, and by when, as the operator's rules stand now."""
    application = app()
    with application.unit_of_work() as unit:
        rules = current_rules(unit, application.whistle_rules)
    say.utter_message(response="utter_whistle_who_handles", limits=whistle_limits_text(rules))


def business_side() -> BusinessSide:
    """Return it."""
    application = app()
    return BusinessSide(
        application.unit_of_work,
        application.calendar,
        application.whistle_rules,
        application.now(),
        application.router,
    )
