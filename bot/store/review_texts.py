"""Reads the words about reviews: reasons on the page, and the invitation."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.errors import BotError
from bot.services.reviews.invitations import InvitationTexts

PLACES = {"number": "", "what": ""}
KINDS = ("good", "bad")


class BadReviewTexts(BotError):
    """A file is missing, unreadable, or lacks a text."""


def load_invitation(folder: Path) -> InvitationTexts:
    """Read `review_invitation.yml` of `data/services`; raises `BadReviewTexts`."""
    file = folder / "review_invitation.yml"
    try:
        found = InvitationTexts(**YAML(typ="safe").load(file.read_text(encoding="utf-8")))
        for text in (found.case, found.booking, found.conversation):
            text.format(**PLACES)
        re.compile(found.insults)
    except (OSError, YAMLError, TypeError, LookupError, ValueError, re.error) as error:
        raise BadReviewTexts(f"{file}: {error!r}") from error
    return found


def load_reasons(folder: Path) -> Mapping[str, Sequence[str]]:
    """Read the reasons of `review_page.yml`: "good" and "bad"; raises `BadReviewTexts`."""
    file = folder / "review_page.yml"
    try:
        raw = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        return {kind: tuple(str(one) for one in raw[kind]) for kind in KINDS}
    except (OSError, YAMLError, TypeError, LookupError) as error:
        raise BadReviewTexts(f"{file}: {error!r}") from error
