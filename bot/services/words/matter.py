"""What people say when they need a matter: wording, not facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class PlainLabel:
    """A matter in plain words, for people who do not know its name.

    Attributes:
        label: What tells it from its neighbours, short enough for a button.
        purpose: What it is for, one clause.
    """

    label: str
    purpose: str


@dataclass(frozen=True)
class MatterWords:
    """Hand-kept wording about the matters of the catalogue.

    Attributes:
        situations: What people say, by matter id, without naming the matter.
        cues: Single words that point to the matter, by matter id; several matters may share one.
        plain: By matter id.
        ideas: Words that stand for the same idea, by the idea's name; a word stands in one.
        off_topic: What people say that points to no matter at all.
        plain_questions: What is asked about any matter, by topic.
        questions: Other wordings of the catalogue's questions, by matter id and question.
        beside: What is asked about a matter that none of its questions answers, by matter id and
            by the topic that answers it ("none" for nothing that is recorded).
        shared_questions: The same of the questions that matters of a kind share, by question.
        service_questions: The same of what is asked about a service, by aside or question.
    """

    situations: Mapping[str, tuple[str, ...]]
    cues: Mapping[str, tuple[str, ...]]
    plain: Mapping[str, PlainLabel]
    ideas: Mapping[str, tuple[str, ...]]
    off_topic: tuple[str, ...] = ()
    plain_questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    beside: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    shared_questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    service_questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
