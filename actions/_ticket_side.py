"""What the use cases of a business's whistle need, at this moment."""

from actions import app
from bot.services.ticket_business import BusinessSide


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
