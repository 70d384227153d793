"""Choices of buttons that belong to no form."""

from actions.finding.halls import HALL
from actions.turns.offers import LATER_CHOICE
from bot.services.bookings.news import ASSIST_CHOICE, OFFER_CHOICE

FREE_CHOICES = {LATER_CHOICE, "matter_id", "topic_matter", OFFER_CHOICE, ASSIST_CHOICE, HALL}
"""Choices of buttons that belong to no form and are good at any time."""
