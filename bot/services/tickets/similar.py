"""Whether a business whistles about the same thing again, by the index of similar texts."""

import re
import unicodedata
from collections.abc import Sequence

from bot.domain.tickets import Ticket
from bot.services.tickets.routing import Router

SAME_FROM = 0.5
"""Likeness from which two texts of one business are proposed as the same thing; docs/routing.md."""

_SIGNS = re.compile(r"[\W_]+")
_CODE = re.compile(r"[（(][0-9A-Za-z]{15,18}[)）]")


def business_key(name: str) -> str:
    """Return a name without blanks, signs and a credit code behind it; equal for one business."""
    plain = _CODE.sub("", unicodedata.normalize("NFKC", name))
    return _plain(plain)[:200]


def likest(tickets: Sequence[Ticket], text: str, router: Router | None) -> Ticket | None:
    """Return the ticket that tells the same story as a text, the likest one.

    Args:
        tickets: Open ones of one business; few, so the index over them is made for the question.
        text: What is said now.
        router: Knows how texts are read; without it only the same words are the same.
    """
    wanted = _plain(text)
    known = next((one for one in tickets if _plain(one.description) == wanted), None)
    if known is not None or router is None or not tickets:
        return known
    from bot.services.finding.similar import SimilarIndex  # noqa: PLC0415 - loads scikit-learn

    index = SimilarIndex(router.reader, [one.description for one in tickets])
    found = index.nearest(text, SAME_FROM, 1)
    return tickets[found[0].index] if found else None


def _plain(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()
