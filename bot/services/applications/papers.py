"""The papers of an application: which there are, and what the applicant does about each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.application_errors import PaperNotAllowed
from bot.domain.applications import AppliedPaper, PaperChoice, default_choice, may_choose
from bot.domain.matters import Material, Matter
from bot.planner.calendar import DueDate

PaperWords = Mapping[str, Sequence[str]]
"""`data/apply/words.yml`: choice, `done` or `form_papers` to the words that mean it."""


@dataclass(frozen=True)
class PaperLine:
    """A document as it stands at the moment; `number` counts from 1 as people see it."""

    number: int
    material: Material
    choice: PaperChoice

    @property
    def options(self) -> tuple[PaperChoice, ...]:
        """Return what else may be chosen."""
        open_to_choice = (
            PaperChoice.HAVE,
            PaperChoice.LATER,
            PaperChoice.COMMIT,
            PaperChoice.NOT_NEEDED,
        )
        return tuple(
            choice
            for choice in open_to_choice
            if choice is not self.choice and may_choose(self.material, choice)
        )

    @property
    def is_fixed(self) -> bool:
        """Nobody has to decide anything about it."""
        return self.choice in {PaperChoice.HELD, PaperChoice.FORM}


def materials_of(matters: Iterable[Matter]) -> tuple[Material, ...]:
    """Return the documents of several matters, each name once.

    Where matters differ about one, the stricter list counts: it comes later or is replaced only
    where every matter allows it.
    """
    found: dict[str, Material] = {}
    for matter in matters:
        for material in matter.materials:
            known = found.get(material.name)
            found[material.name] = material if known is None else _stricter(known, material)
    return tuple(found.values())


def paper_lines(
    materials: Sequence[Material], choices: Mapping[str, str], words: PaperWords
) -> tuple[PaperLine, ...]:
    """Return the documents with what was chosen, or what is assumed.

    Args:
        materials: As `materials_of` returns them.
        choices: Material name to the value of a `PaperChoice`; others are ignored.
        words: See `PaperWords`.
    """
    lines = []
    for number, material in enumerate(materials, start=1):
        chosen = choices.get(material.name)
        usual = default_choice(material, words["form_papers"])
        choice = PaperChoice(chosen) if chosen else usual
        lines.append(PaperLine(number, material, choice))
    return tuple(lines)


def applied_papers(lines: Sequence[PaperLine], later: DueDate) -> tuple[AppliedPaper, ...]:
    """Return the papers as they are handed in.

    Args:
        lines: With the choices.
        later: Proposed last day of those that come later.

    Raises:
        PaperNotAllowed: One is lacking, or must not be missing in this way.
    """
    papers = []
    for line in lines:
        material, choice = line.material, line.choice
        if choice is PaperChoice.LACKING or not may_choose(material, choice):
            raise PaperNotAllowed(material.name)
        is_later = choice is PaperChoice.LATER
        papers.append(
            AppliedPaper(
                name=material.name,
                choice=choice,
                form=material.form,
                copies=material.copies,
                until=later.on if is_later else None,
                is_provisional=is_later and later.provisional,
            )
        )
    return tuple(papers)


def settle(line: PaperLine, wanted: PaperChoice) -> PaperChoice:
    """Return what a wish comes to: "have not got it" is later or a commitment where allowed.

    `LACKING` means that without this document nothing can be handed in.
    """
    if wanted is PaperChoice.LACKING:
        options = (PaperChoice.LATER, PaperChoice.COMMIT, PaperChoice.NOT_NEEDED)
        return next((o for o in options if may_choose(line.material, o)), PaperChoice.LACKING)
    return wanted if may_choose(line.material, wanted) else PaperChoice.LACKING


def _stricter(known: Material, other: Material) -> Material:
    return Material(
        name=known.name,
        form=known.form,
        copies=max(known.copies, other.copies),
        provided_by=known.provided_by,
        required=known.required or other.required,
        conditional=known.conditional and other.conditional,
        deferrable=known.deferrable and other.deferrable,
        commitment_ok=known.commitment_ok and other.commitment_ok,
        shared_no_submit=known.shared_no_submit and other.shared_no_submit,
        provenance=known.provenance,
    )
