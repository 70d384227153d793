"""Loads the words in which applicants hear of their bookings."""

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.bookings.news import BookingTexts

PLACES = dict.fromkeys(
    ("when", "mode", "place", "number", "helper", "helper_line", "until", "reason", "old"), ""
)
"""What the words may hold in braces."""


class BadBookingTexts(BotError):
    """The file is missing, has other keys, or a text with a hole that nobody fills."""


def load_booking_texts(file: Path) -> BookingTexts:
    """Read `data/services/booking_texts.yml`.

    Raises:
        BadBookingTexts: See there; the message names the file.
    """
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        for text in content.values():
            text.format(**PLACES)
        return BookingTexts(**content)
    except (OSError, YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadBookingTexts(f"{file}: {error!r}") from error
