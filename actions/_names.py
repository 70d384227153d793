"""Resolves what people call things; the one place where actions touch the lookup service."""

from actions import app
from bot.domain.matters import Matter
from bot.domain.places import District, EnterpriseType
from bot.domain.policies import Policy
from bot.services.matching import rivals

SURE_SCORE = 0.85
"""From this score on a match is taken without asking; below it the person chooses."""

GUESS_SCORE = 0.55
"""Below this score a match is not even offered."""


def find_district(text: str | None) -> District | None:
    """Return the division or zone that the text names, None when it names none."""
    found = app().lookup.find_district(text, 1) if text else []
    if not found or found[0].score < SURE_SCORE:
        return None
    return app().catalogue.district(found[0].entry_id)


def find_enterprise_type(text: str | None) -> EnterpriseType | None:
    """Return the enterprise type that the text names."""
    found = app().lookup.find_enterprise_type(text, 1) if text else []
    if not found or found[0].score < SURE_SCORE:
        return None
    return app().catalogue.enterprise_type(found[0].entry_id)


def find_matters(text: str | None, limit: int = 3) -> list[tuple[Matter, float]]:
    """Return the best matters with their scores, best first; may be empty."""
    found = app().lookup.find_matters(text, limit) if text else []
    return [
        (app().catalogue.matter(match.entry_id), match.score)
        for match in found
        if match.score >= GUESS_SCORE
    ]


def sure_matter(text: str | None) -> Matter | None:
    """Return the matter when the text names exactly one for sure."""
    found = app().lookup.find_matters(text, 5) if text else []
    if not found or found[0].score < SURE_SCORE or len(rivals(found)) > 1:
        return None
    return app().catalogue.matter(found[0].entry_id)


def find_trade(text: str | None) -> str | None:
    """Return "bundle:<id>" or "code:<code>" of the trade that the text names."""
    found = app().lookup.find_industry(text, 1) if text else []
    if not found or found[0].match.score < SURE_SCORE:
        return None
    trade = found[0]
    return f"bundle:{trade.one_thing_id}" if trade.one_thing_id else f"code:{trade.code}"


def find_project_types(text: str | None) -> list[str]:
    """Return the ids of the project types that the text may mean."""
    found = app().lookup.find_project_type(text) if text else []
    return [match.entry_id for match in found if match.score >= SURE_SCORE]


def find_policies(text: str | None, limit: int = 5) -> list[Policy]:
    """Return the policies on the topic of the text, best first."""
    found = app().lookup.find_policies(text, limit) if text else []
    return [app().catalogue.policy(match.entry_id) for match in found]
