"""Writes what was released as training data into the operator's folder, `var/learning`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.domain.learning import TRAINED, Lesson, LessonKind, LessonState
from bot.operations.example_borders import Borders, cuts_a_word, token_borders
from bot.operations.fingerprint import LEARNT_FOLDER
from bot.services.learning.lesson_examples import plain_text, squashed
from bot.services.ports import OpenUnitOfWork
from bot.store.learning_words import load_trained
from bot.store.learnt_words import SITUATIONS

NLU_FILE = "nlu.yml"
MOST_LESSONS = 10_000
HEAD = "# 由 xiaoer learning export 写成，请勿手改；来自工作台放行的例句。\n"


@dataclass(frozen=True)
class Exported:
    """What an export wrote.

    Attributes:
        intents: Sentences that are trained, by intent.
        situations: Ways to say a matter, by its id.
        left_out: Sentences that must not be trained, each with the reason.
    """

    intents: Mapping[str, Sequence[str]]
    situations: Mapping[str, Sequence[str]]
    left_out: Sequence[str]

    @property
    def count(self) -> int:
        """Return how many sentences were written."""
        return sum(map(len, (*self.intents.values(), *self.situations.values())))


def released(unit_of_work: OpenUnitOfWork) -> Sequence[Lesson]:
    """Return what was released and not withdrawn, oldest first."""
    with unit_of_work() as unit:
        found = unit.lessons.in_states([LessonState.RELEASED], MOST_LESSONS)
    return sorted(found, key=lambda lesson: lesson.id)


def export(unit_of_work: OpenUnitOfWork, root: Path, data_dir: Path, state: Path) -> Exported:
    """Write all that was released; what a release of before wrote and was withdrawn is gone.

    Sentences that the product has by now are not written again. One that it has under another
    intent, or whose marks cut a word in two, is left out and named.
    """
    exported = sort_out(released(unit_of_work), load_trained(data_dir), token_borders(root))
    folder = state / LEARNT_FOLDER
    _write(folder / NLU_FILE, _nlu(exported.intents) if exported.intents else "")
    situations = {matter: list(texts) for matter, texts in exported.situations.items()}
    text = yaml.safe_dump(situations, allow_unicode=True, sort_keys=True)
    _write(state / SITUATIONS, HEAD + text if situations else "")
    return exported


def sort_out(lessons: Iterable[Lesson], trained: Mapping[str, str], borders: Borders) -> Exported:
    """Sort sentences by what they teach; the first lesson that has a sentence keeps it.

    Args:
        lessons: Released ones, oldest first.
        trained: Intent of each sentence of the product, by its squashed text.
        borders: Token borders of a text.
    """
    taken = dict(trained)
    intents: dict[str, list[str]] = {}
    situations: dict[str, list[str]] = {}
    left_out = []
    for lesson in lessons:
        for example in lesson.examples:
            key = squashed(plain_text(example))
            if lesson.kind is LessonKind.MATTER:
                texts = situations.setdefault(lesson.target, [])
                if plain_text(example) not in texts:
                    texts.append(plain_text(example))
            elif lesson.kind in TRAINED and taken.get(key, lesson.target) != lesson.target:
                left_out.append(f"{example}（已经是另一个意图 {taken[key]} 的例句）")
            elif lesson.kind in TRAINED and cuts_a_word(example, borders):
                left_out.append(f"{example}（标注把一个词切开了）")
            elif lesson.kind in TRAINED and key not in taken:
                taken[key] = lesson.target
                intents.setdefault(lesson.target, []).append(example)
    return Exported(intents, situations, left_out)


def _nlu(intents: Mapping[str, Sequence[str]]) -> str:
    """Return training data as Rasa reads them."""
    lines = [HEAD, 'version: "3.1"\nnlu:\n']
    for intent, examples in sorted(intents.items()):
        lines.append(f"- intent: {intent}\n  examples: |\n")
        lines.extend(f"    - {example}\n" for example in examples)
    return "".join(lines)


def _write(path: Path, content: str) -> None:
    """Write a file whole or not at all; nothing to say means no file."""
    if not content:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(content, encoding="utf-8")
    fresh.replace(path)
