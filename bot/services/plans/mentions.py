"""Which steps and documents of a plan a sentence is about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.services.plans.life_view import LivePlan, StepState
from bot.services.plans.paper_kinds import BRACKETS
from bot.services.plans.papers import PlanPapers
from bot.services.reading.matching import PhraseIndex
from bot.services.reading.wording import normalise

SURE, GUESS = 0.8, 0.55
"""Scores from which a name that is not written out is taken, or at least offered."""

SHORTEST = 2
"""Characters of a name that is looked for anywhere; shorter ones stand in too many words."""

MARGIN = 0.06
"""Candidates this close to the best are as good as the best."""

MOST_OFFERED = 4

STEP, PAPER = "step", "paper"
Owner = tuple[str, str]
"""Whether a name is a step's or a document's, and its id or key."""

StepWords = Mapping[str, tuple[str, ...]]
"""What people call a matter's step, by matter id."""


@dataclass(frozen=True)
class Mentions:
    """What a sentence names.

    Attributes:
        steps: Ids of the steps it names for sure, in its order.
        papers: Keys of documents, likewise.
        unclear: Ids of the steps among which to ask; empty when all is clear.
    """

    steps: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing of the plan is named."""
        return not (self.steps or self.papers or self.unclear)


def find_mentions(
    text: str, plan: LivePlan, papers: PlanPapers, words: StepWords, *, done: bool = False
) -> Mentions:
    """Return what of a plan a sentence names.

    Names that are written out count first, the longest ones; only without any, the sentence is
    compared as a whole, with typos and homophones.

    Args:
        text: What was said.
        plan: The plan.
        papers: Its documents.
        words: Short names of steps.
        done: The sentence is about steps that are done (a mark to be taken back).
    """
    phrases = _phrases(plan, papers, words)
    found = list(_written_out(normalise(text), phrases))
    if not found:
        return _compared(text, phrases, plan, done=done)
    steps: list[str] = []
    keys: list[str] = []
    for owners in found:
        named = [step_id for kind, step_id in owners if kind == STEP]
        fitting = [i for i in named if _fits(plan, i, done=done)] or named
        if len(fitting) > 1:
            return Mentions(unclear=tuple(fitting))
        steps += fitting
        if not named:
            keys += [key for kind, key in owners if kind == PAPER]
    return Mentions(tuple(dict.fromkeys(steps)), tuple(dict.fromkeys(keys)))


def _phrases(plan: LivePlan, papers: PlanPapers, words: StepWords) -> dict[str, list[Owner]]:
    found: dict[str, list[Owner]] = {}

    def add(names: Iterable[str], owner: Owner) -> None:
        for name in names:
            plain = normalise(BRACKETS.sub("", name))
            if plain and owner not in found.setdefault(plain, []):
                found[plain].append(owner)

    for step in plan.steps:
        matter = step.step.matter
        names = (matter.name, *matter.aliases, *words.get(matter.id, ())) if matter else ()
        add((step.name, *names), (STEP, step.id))
    for paper in papers.papers:
        raw = (use.material.name for use in paper.uses)
        add((paper.name, *paper.words, *raw), (PAPER, paper.key))
    return found


def _written_out(text: str, phrases: Mapping[str, list[Owner]]) -> Iterator[list[Owner]]:
    """Yield the owners of the names in a text, from left to right, the longest name first."""
    ordered = sorted((p for p in phrases if len(p) >= SHORTEST), key=len, reverse=True)
    at = 0
    while at < len(text):
        name = next((phrase for phrase in ordered if text.startswith(phrase, at)), None)
        if name is None:
            at += 1
            continue
        yield phrases[name]
        at += len(name)


def _compared(
    text: str, phrases: Mapping[str, list[Owner]], plan: LivePlan, *, done: bool
) -> Mentions:
    owners = {f"{kind}:{owner}": (kind, owner) for each in phrases.values() for kind, owner in each}
    pairs = [
        (f"{kind}:{owner}", phrase) for phrase, each in phrases.items() for kind, owner in each
    ]
    found = PhraseIndex(pairs).search(text, MOST_OFFERED, floor=GUESS)
    if not found:
        return Mentions()
    close = [owners[m.entry_id] for m in found if m.score >= found[0].score - MARGIN]
    kind, owner = close[0]
    if found[0].score >= SURE and len(close) == 1:
        return Mentions(papers=(owner,)) if kind == PAPER else Mentions(steps=(owner,))
    named = [owners[match.entry_id] for match in found]
    return Mentions(
        unclear=tuple(i for kind, i in named if kind == STEP and _fits(plan, i, done=done))
    )


def _fits(plan: LivePlan, step_id: str, *, done: bool) -> bool:
    step = plan.step(step_id)
    return step is not None and (step.state is StepState.DONE) is done
