"""Finds the form of enterprise that a message names, or means by what is talked about."""

from actions import app
from actions.turns.history import entities_before
from actions.turns.places import SURE_SCORE
from actions.turns.turn import Turn
from bot.domain.matters import Matter
from bot.domain.places import EnterpriseType
from bot.services.words.business import form_by_word


def enterprise_type_in(text: str, shortest: int = 3) -> EnterpriseType | None:
    """Return the one form of enterprise named in a text, None for none or several.

    Args:
        text: What was said.
        shortest: Characters of a name; a bare 公司 means a form only where the form is asked for.
    """
    kinds = app().catalogue.enterprise_types.values()
    named = [(name, kind) for kind in kinds for name in (kind.name, *kind.aliases)]
    hits = [(name, kind) for name, kind in named if len(name) >= shortest and name in text]
    whole = [kind for name, kind in hits if not any(name in n and name != n for n, _ in hits)]
    return whole[0] if len({kind.id for kind in whole}) == 1 else None


def find_enterprise_type(text: str | None) -> EnterpriseType | None:
    """Return the enterprise type that the text names."""
    found = app().lookup.find_enterprise_type(text, 1) if text else []
    if not found or found[0].score < SURE_SCORE:
        return None
    return app().catalogue.enterprise_type(found[0].entry_id)


def form_said(turn: Turn) -> EnterpriseType | None:
    """Return the form of enterprise that a text names, else the one named last before it."""
    said = [turn.entity("enterprise_type"), *entities_before(turn, "enterprise_type")]
    return next((kind for word in said if (kind := find_enterprise_type(word))), None)


def form_in(turn: Turn) -> EnterpriseType | None:
    """Return the form of enterprise that a text names, some by one word alone; or None."""
    named = turn.entity("enterprise_type")
    if named is None and (word := form_by_word(turn.text)) is not None:  # 公司注销要公示吗
        return app().catalogue.enterprise_types.get(word)
    return find_enterprise_type(named) or enterprise_type_in(turn.text)  # 我那个个体户注销


def form_meant(turn: Turn, spoken: Matter | None) -> EnterpriseType | None:
    """Return the form of enterprise named, or the only one that the matter spoken of is for."""
    named = form_in(turn)
    if named is not None:
        return named
    kinds = app().catalogue.enterprise_types.values()
    whose = () if spoken is None else spoken.applicants[:1]
    own = (kind for kind in kinds if any(one.startswith(kind.name) for one in whose))
    return form_said(turn) or next(own, None)
