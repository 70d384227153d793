"""Resolves what people call things; the one place where actions touch the lookup service."""

from actions import app
from bot.domain.matters import Matter
from bot.domain.one_things import OneThing
from bot.domain.places import District, EnterpriseType
from bot.domain.policies import Policy

SURE_SCORE = 0.9
"""From this score on a match is taken without asking; below it the person chooses."""

GUESS_SCORE = 0.6
"""Below this score a match is not even offered."""


def find_district(text: str | None) -> District | None:
    """Return the division or zone that the text names, None when it names none."""
    if not text:
        return None
    match = app().lookup.find_district(text)
    return match[0].entry if match and match[0].score >= SURE_SCORE else None


def find_enterprise_type(text: str | None) -> EnterpriseType | None:
    """Return the enterprise type that the text names."""
    if not text:
        return None
    match = app().lookup.find_enterprise_type(text)
    return match[0].entry if match and match[0].score >= SURE_SCORE else None


def find_matters(text: str | None, limit: int = 3) -> list[tuple[Matter, float]]:
    """Return the best matters with their scores, best first; may be empty."""
    if not text:
        return []
    matches = app().lookup.find_matters(text, limit)
    return [(match.entry, match.score) for match in matches if match.score >= GUESS_SCORE]


def sure_matter(text: str | None) -> Matter | None:
    """Return the matter when the text names exactly one for sure."""
    found = find_matters(text, 2)
    if not found or found[0][1] < SURE_SCORE:
        return None
    if len(found) > 1 and found[1][1] >= found[0][1]:
        return None
    return found[0][0]


def find_trade(text: str | None) -> str | None:
    """Return "bundle:<id>" or "code:<code>" of the trade that the text names."""
    if not text:
        return None
    matches = app().lookup.find_industry(text)
    if not matches or matches[0].score < SURE_SCORE:
        return None
    entry = matches[0].entry
    return f"bundle:{entry.id}" if isinstance(entry, OneThing) else f"code:{entry.code}"


def find_project_types(text: str | None) -> list[str]:
    """Return the ids of the project types that the text may mean."""
    if not text:
        return []
    return [m.entry.id for m in app().lookup.find_project_type(text) if m.score >= SURE_SCORE]


def find_policies(text: str | None, limit: int = 5) -> list[Policy]:
    """Return the policies on the topic of the text, best first."""
    if not text:
        return []
    return [match.entry for match in app().lookup.find_policies(text, limit)]
