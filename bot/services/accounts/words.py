"""Words of accounts and of the audit log, as staff reads them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.permissions import Role


@dataclass(frozen=True)
class AccountWords:
    """What `data/desk/accounts.yml` holds.

    Attributes:
        roles: Name of each role.
        reasons: Reasons offered to somebody who wants to see personal data.
        actions: Name of each kind of audit entry; others are shown by their machine word.
        details: Words in place of machine words that stand alone in an entry's detail.
    """

    roles: Mapping[Role, str]
    reasons: tuple[str, ...]
    actions: Mapping[str, str]
    details: Mapping[str, str]

    def action(self, word: str) -> str:
        """Return the name of a kind of audit entry."""
        return self.actions.get(word, word)

    def detail(self, text: str | None) -> str:
        """Return an entry's detail as people read it."""
        return self.details.get(text or "", text or "")
