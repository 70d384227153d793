"""Rules for names of businesses: words that are forbidden or need leave, and a name's shape."""

from dataclasses import dataclass
from enum import Enum

from bot.domain.facts import Provenance


class NameTest(Enum):
    """What a rule looks at."""

    PREFIX = "prefix"
    INSIDE = "inside"
    ANYWHERE = "anywhere"
    LETTERS = "letters"
    SHORT = "short"
    FORM = "form"


@dataclass(frozen=True)
class NameRule:
    """A rule.

    Attributes:
        id: Stable id.
        test: What it looks at.
        words: Words it is about; for `FORM` those of which one has to end the name.
        says: The rule as applicants read it.
        provenance: Origin.
    """

    id: str
    test: NameTest
    words: tuple[str, ...]
    says: str
    provenance: Provenance
