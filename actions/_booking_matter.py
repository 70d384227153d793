"""What a booking is for, as far as it was said."""

from actions import app
from actions._beside import without_denied
from actions._names import sure_matter
from actions._turn import Turn
from bot.domain.matters import Matter

WAYS = {"exit-simple": "简易", "exit-normal": "一般"}
"""Ways of ending a company to the word that names each."""

IN_GENERAL = "exit-onething"
"""The matter of ending a company, in whatever way."""


def matter_booked(turn: Turn) -> Matter | None:
    """Return the matter that the first sentence of a booking names, None for none."""
    return in_general(sure_matter(without_denied(turn).entity("matter")), turn.text)


def in_general(matter: Matter | None, text: str) -> Matter | None:
    """Return the matter without a way that nobody named: 我要注销公司 chooses none."""
    if matter is None or WAYS.get(matter.id, "") in text:
        return matter
    return app().catalogue.matters.get(IN_GENERAL, matter)
