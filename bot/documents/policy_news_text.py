"""The words in which an enterprise hears of a new, changed or ending policy, with the reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from bot.documents.policy_words import claim_mode, version_text
from bot.domain.catalogue import Catalogue
from bot.domain.conversations import Button, Reply
from bot.domain.eligibility import PolicyMatch, Truth, evaluate
from bot.domain.errors import BotError
from bot.domain.policies import Policy
from bot.domain.policy_watch import NewsKind, Watcher
from bot.services.policies.policies import decisive_clauses
from bot.services.policies.text import clause_text, field_name

MOST_CLAUSES = 4
PLACES = dict.fromkeys(
    ("name", "level", "benefit", "reason", "until", "version", "claim", "missing"), ""
)
"""What the words may hold in braces."""

STOP = '/match_policy{"choice": "policy_watch=off"}'


@dataclass(frozen=True)
class PolicyNewsTexts:
    """The words, from `data/policy/news.yml`; see there for what stands in braces."""

    new: str
    changed: str
    expiring: str
    fits: str
    open: str
    claim_title: str
    stop_title: str


class BadPolicyNews(BotError):
    """The file is missing, has other keys, or a text with a hole that nobody fills."""


def load_policy_news(file: Path) -> PolicyNewsTexts:
    """Read `data/policy/news.yml`.

    Raises:
        BadPolicyNews: See there; the message names the file.
    """
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for text in content.values():
            text.format(**PLACES)
        return PolicyNewsTexts(**content)
    except (OSError, yaml.YAMLError, AttributeError, TypeError, LookupError, ValueError) as error:
        raise BadPolicyNews(f"{file}: {error!r}") from error


def news_writer(
    texts: PolicyNewsTexts, catalogue: Catalogue
) -> Callable[[NewsKind, Policy, Watcher, date], Reply]:
    """Return what writes a piece of news for one enterprise."""
    templates: Mapping[NewsKind, str] = {
        NewsKind.NEW: texts.new,
        NewsKind.CHANGED: texts.changed,
        NewsKind.EXPIRING: texts.expiring,
    }

    def write(kind: NewsKind, policy: Policy, watcher: Watcher, today: date) -> Reply:
        until = policy.validity.until
        text = templates[kind].format(
            name=policy.name,
            level=policy.level,
            benefit=policy.benefit.formula,
            reason=_reason(evaluate(policy, watcher.profile, today), texts, catalogue),
            until=until.isoformat() if until else "",
            claim=claim_mode(policy),
            version=version_text(policy),
        )
        claim = f'/apply_policy{{"choice": "policy={policy.id}"}}'
        return Reply(text, (Button(texts.claim_title, claim), Button(texts.stop_title, STOP)))

    return write


def _reason(match: PolicyMatch, texts: PolicyNewsTexts, catalogue: Catalogue) -> str:
    missing = "、".join(field_name(field, catalogue) for field in match.missing)
    head = texts.fits if match.truth is Truth.MET else texts.open.format(missing=missing)
    clauses = decisive_clauses(match)[:MOST_CLAUSES]
    return "\n".join((head, *(f"· {clause_text(clause, catalogue)}" for clause in clauses)))
