"""Who leads on a whistle: the matter's table, else a named department, else the text.

The machine proposes and says why and how sure it is; a dispatcher confirms or corrects, and what
was decided is kept to learn from.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.catalogue import Catalogue
from bot.domain.matters import Matter
from bot.domain.routing import (
    Basis,
    Reviewed,
    RouteDecision,
    RouteProposal,
    RoutingCategory,
    UnknownCategory,
)
from bot.domain.tickets import Role, TicketDepartment
from bot.services.ports import UnitOfWork
from bot.services.reading.word_finder import WordFinder
from bot.services.tickets.dispatch import propose_departments
from bot.services.tickets.routing_model import Ranked, RoutingModel, squash

if TYPE_CHECKING:
    from bot.services.finding.similar import TextReader

SURE = 0.5
"""Share of the category from which the proposal is filled in; below, the dispatcher chooses."""

SAME_STORY = 0.5
"""Share of characters in a row in common with a reviewed text that makes it the same story."""

MAX_REASONS = 4


class Router:
    """Proposes departments; immutable apart from the model, which is read at first use.

    Args:
        catalogue: Knows matters and departments.
        model: Sorts texts into categories.
        reviewed: Texts whose department a person has confirmed.
    """

    def __init__(
        self, catalogue: Catalogue, model: RoutingModel, reviewed: Sequence[Reviewed] = ()
    ) -> None:
        known = {one.name for one in model.categories}
        for one in reviewed:
            catalogue.department(one.department_id)
            if one.category not in known:
                raise UnknownCategory(one.category)
        self.catalogue = catalogue
        self.model = model
        self._reviewed = [(_pairs(one.text), one) for one in reviewed]
        self._departments: dict[str, Mapping[str, str]] = {}
        for category in model.categories:
            words = {squash(w): t.department_id for t in category.topics for w in t.words}
            self._departments[category.name] = words
        self._finders = {name: WordFinder(ws) for name, ws in self._departments.items()}

    @cached_property
    def reader(self) -> "TextReader":
        """Return what turns texts into features for comparing them."""
        # loads scikit-learn, and hub and actions start without
        from bot.services.finding.similar import TextReader  # noqa: PLC0415

        return TextReader(self.model.categories)

    def classify(self, text: str) -> str:
        """Return the name of the likeliest category."""
        return self.model.rank(text)[0].category.name

    def propose(self, text: str, matter: Matter | None = None) -> RouteProposal:
        """Return who should lead and assist, with confidence and the words that speak for it.

        Args:
            text: What the business said.
            matter: The matter it is about, if known; its table then decides.
        """
        ranked = self.model.rank(text)
        rule = propose_departments(self.catalogue, matter, text)
        ids = tuple(one.department_id for one in rule)
        if matter is not None:
            words, category = _words_of(matter, text), category_of(ranked, ids[0])
            return RouteProposal(Basis.MATTER, category, ids, 1.0, words, matter.id)
        if ids:
            names = _names_in(self.catalogue, ids, text)
            return RouteProposal(Basis.NAMED, category_of(ranked, ids[0]), ids, 1.0, names)
        learnt = self._learnt(text)
        if learnt is not None:
            share, one = learnt
            return RouteProposal(Basis.LEARNT, one.category, (one.department_id,), share)
        return self._by_text(text, ranked[0].category, ranked[0].share)

    def _by_text(self, text: str, category: RoutingCategory, share: float) -> RouteProposal:
        plain = squash(text)
        owners = self._departments[category.name]
        found = Counter(self._finders[category.name].find(plain))
        if not found:
            return RouteProposal(Basis.UNSURE, "", (), share)
        votes: Counter[str] = Counter()
        for word, count in found.items():
            votes[owners[word]] += count * len(word)
        # of several with the same weight, the one that comes first in the data
        leading = max(votes, key=lambda one: (votes[one], one == category.department_id))
        words = sorted(
            (word for word in found if owners[word] == leading),
            key=lambda word: (-len(word), plain.find(word)),
        )
        basis = Basis.TEXT if share >= SURE else Basis.UNSURE
        return RouteProposal(basis, category.name, (leading,), share, tuple(words[:MAX_REASONS]))

    def _learnt(self, text: str) -> tuple[float, Reviewed] | None:
        """Return the reviewed text that tells the same story, with the share in common."""
        pairs = _pairs(text)
        best: tuple[float, Reviewed] | None = None
        for other, one in self._reviewed:
            share = len(pairs & other) / (len(pairs | other) or 1)
            if share >= SAME_STORY and (best is None or share >= best[0]):
                best = (share, one)
        return best


def category_of(ranked: Sequence[Ranked], department_id: str) -> str:
    """Return the likeliest category that a department stands in, else the likeliest of all."""
    fitting = (
        one.category.name
        for one in ranked
        if department_id
        in {one.category.department_id, *(topic.department_id for topic in one.category.topics)}
    )
    return next(fitting, ranked[0].category.name)


def departments_of(proposal: RouteProposal) -> tuple[TicketDepartment, ...]:
    """Return the departments to write on a new ticket; none when the dispatcher has to choose."""
    if not proposal.is_sure:
        return ()
    return tuple(
        TicketDepartment(one, Role.ASSISTING if at else Role.LEADING, proposed=True)
        for at, one in enumerate(proposal.department_ids)
    )


def route(
    router: Router | None, catalogue: Catalogue, matter: Matter | None, text: str
) -> tuple[RouteProposal | None, tuple[TicketDepartment, ...]]:
    """Return the proposal and the departments to write on a new ticket.

    Args:
        router: None leaves it to the matter's table and the names in the text; no proposal then.
        catalogue: Knows matters and departments.
        matter: The matter it is about, if known.
        text: What the business said.
    """
    if router is None:
        return None, propose_departments(catalogue, matter, text)
    proposal = router.propose(text, matter)
    return proposal, departments_of(proposal)


def record_proposal(
    uow: UnitOfWork, subject: str, proposal: RouteProposal | None, now: datetime
) -> None:
    """Write the proposal for a new ticket, if there is one; the caller owns the transaction."""
    if proposal is not None:
        uow.routing.add_proposal(subject, proposal, now)


def record_decision(
    uow: UnitOfWork, *, subject: str, decided_id: str, actor: str, now: datetime
) -> RouteDecision | None:
    """Write what a dispatcher decided beside what was proposed; the caller owns the transaction.

    Call it in the transaction that dispatches. Dispatched again to the same department, nothing is
    written.

    Returns:
        The decision, or None when it stands already.
    """
    last = uow.routing.last_decision(subject)
    if last is not None and last.decided_id == decided_id:
        return None
    proposal = uow.routing.proposal(subject)
    decision = RouteDecision(
        subject=subject,
        proposed_id=proposal.leading if proposal else None,
        decided_id=decided_id,
        category=proposal.category if proposal else "",
        confidence=proposal.confidence if proposal else 0.0,
        actor=actor,
        at=now,
    )
    uow.routing.add_decision(decision)
    return decision


def _pairs(text: str) -> frozenset[str]:
    plain = squash(text)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))


def _words_of(matter: Matter, text: str) -> tuple[str, ...]:
    found = [name for name in (matter.name, *matter.aliases) if name in text]
    return tuple(sorted(found, key=len, reverse=True)[:MAX_REASONS]) or (matter.name,)


def _names_in(catalogue: Catalogue, ids: Sequence[str], text: str) -> tuple[str, ...]:
    departments = [catalogue.department(one) for one in ids]
    names = [n for one in departments for n in (one.name, *one.aliases) if n in text]
    return tuple(names[:MAX_REASONS])
