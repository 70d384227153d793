"""What the learning pages share: words, groups, what may be assigned."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.bootstrap import App
from bot.domain.catalogue import Catalogue
from bot.domain.learning import BadLesson, Lesson, LessonKind
from bot.services.learning.lesson_groups import LessonGroups
from bot.services.learning.lessons import Vocabulary
from bot.services.learning.words import LearningWords
from bot.store.learning_words import load_learning_words, load_trained


@dataclass(frozen=True)
class LearningRoom:
    """Everything that the learning pages share."""

    words: LearningWords
    groups: LessonGroups
    catalogue: Catalogue
    forms: Mapping[str, str]
    data_dir: Path

    def vocabulary(self) -> Vocabulary:
        """Return what lessons may name; the sentences are read anew when a file has changed."""
        return Vocabulary(
            intents=frozenset(self.words.intents),
            matters=frozenset(self.catalogue.matters),
            entities=frozenset(self.words.entities),
            taken=load_trained(self.data_dir),
        )

    def target_named(self, kind: LessonKind, text: str) -> str:
        """Return the intent or matter of a label that was picked from a list, "" for none."""
        if kind is LessonKind.INTENT:
            return self.words.intent_named(text) or ""
        named = {matter.name: matter.id for matter in self.catalogue.matters.values()}
        return named.get(text, text if text in self.catalogue.matters else "")

    def target_label(self, lesson: Lesson) -> str:
        """Return what a lesson is about, in words."""
        if lesson.kind is LessonKind.MATTER:
            matter = self.catalogue.matters.get(lesson.target)
            return matter.name if matter else lesson.target
        return self.words.intent_label(lesson.target) if lesson.target else ""

    def chosen_label(self, chosen: str) -> str:
        """Return what was pressed, in words."""
        name, _, value = chosen.partition("=")
        matter = self.catalogue.matters.get(value)
        return matter.name if matter else self.words.intent_label(name)

    def problem(self, error: BadLesson) -> str:
        """Return why a decision cannot be taken, with the way on."""
        other = error.other if error.problem == "entity" else self.words.intent_label(error.other)
        return self.words.problems[error.problem].format(example=error.example, other=other)


def open_learning(app: App) -> LearningRoom:
    """Build it; raises `BadDeskFile` when words are missing."""
    data_dir = app.settings.data_dir
    return LearningRoom(
        words=load_learning_words(data_dir),
        groups=LessonGroups(app.unit_of_work, app.router),
        catalogue=app.catalogue,
        forms=app.dialogue_words.forms,
        data_dir=data_dir,
    )
