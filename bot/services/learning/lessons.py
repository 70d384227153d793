"""Decide what messages mean; a second person looks at what is to be trained."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.learning import (
    ALLOWED_STATES,
    FIRST_STATES,
    MAX_NOTE_LENGTH,
    TRAINED,
    BadLesson,
    Lesson,
    LessonChanged,
    LessonEvent,
    LessonKind,
    LessonState,
    LessonTaken,
    OwnLesson,
    UnknownLesson,
)
from bot.domain.people import Agent, AuditEntry, NotAllowed
from bot.domain.permissions import Permission
from bot.services.learning.lesson_examples import check_examples, read_examples
from bot.services.ports import OpenUnitOfWork

OUT_OF_SCOPE = "out_of_scope"
BY_ANOTHER = frozenset({LessonState.RELEASED})
"""States that only a second person can bring about."""


@dataclass(frozen=True)
class Vocabulary:
    """What lessons may name.

    Attributes:
        intents: Those that can be assigned.
        matters: Ids of the catalogue.
        entities: What a part of a sentence may be marked as.
        taken: Intent of each sentence that is trained already, by its squashed text.
    """

    intents: Collection[str]
    matters: Collection[str]
    entities: Collection[str]
    taken: Mapping[str, str]


@dataclass(frozen=True)
class Proposal:
    """What somebody decides about messages.

    Attributes:
        messages: Ids of `Misunderstood`.
        typed: The sentences, one a line.
    """

    messages: Sequence[int]
    kind: LessonKind
    target: str = ""
    typed: str = ""
    note: str = ""


def propose(
    unit_of_work: OpenUnitOfWork,
    *,
    agent: Agent,
    proposal: Proposal,
    vocabulary: Vocabulary,
    now: datetime,
) -> int:
    """Decide about messages; returns the id of the lesson.

    Raises:
        BadLesson: Something is missing or wrong; nothing is stored.
        LessonTaken: Somebody else has just decided on one of the messages.
        NotAllowed: This role does not teach the bot.
    """
    _require_teacher(agent)
    lesson = _lesson(proposal, vocabulary, agent, now)
    ids = sorted(set(proposal.messages))
    with unit_of_work() as unit:
        lesson_id = unit.lessons.add(lesson)
        if unit.misunderstood.take(ids, lesson_id) != len(ids):
            raise LessonTaken  # rolls back: nobody decides over another one's head
        unit.people.add_audit(
            AuditEntry(now, agent.id, "lesson_proposed", str(lesson_id), lesson.kind.value)
        )
        return lesson_id


def decide(
    unit_of_work: OpenUnitOfWork,
    *,
    agent: Agent,
    lesson_id: int,
    to: LessonState,
    reason: str,
    now: datetime,
) -> None:
    """Release, return, withdraw or finish a lesson.

    Raises:
        BadLesson: A return or a withdrawal needs a reason.
        LessonChanged: Not from its present state, or somebody was faster.
        NotAllowed: This role does not teach the bot.
        OwnLesson: Who proposed it cannot release it.
        UnknownLesson: There is none.
    """
    _require_teacher(agent)
    said = _note(reason)
    with unit_of_work() as unit:
        lesson = unit.lessons.get(lesson_id)
        if lesson is None:
            raise UnknownLesson(lesson_id)
        if to not in ALLOWED_STATES[lesson.state]:
            raise LessonChanged
        if to in BY_ANOTHER and lesson.proposed_by == agent.id:
            raise OwnLesson
        if to in {LessonState.RETURNED, LessonState.WITHDRAWN} and not said:
            raise BadLesson("reason")
        event = LessonEvent(lesson_id, now, agent.id, to, said)
        if not unit.lessons.move(event, seen=lesson.state):
            raise LessonChanged
        if to is LessonState.RETURNED:
            unit.misunderstood.free(lesson_id)
        unit.people.add_audit(AuditEntry(now, agent.id, f"lesson_{to.value}", str(lesson_id), said))


def _require_teacher(agent: Agent) -> None:
    if not agent.may(Permission.TEACH_THE_BOT):
        raise NotAllowed


def _lesson(proposal: Proposal, vocabulary: Vocabulary, agent: Agent, now: datetime) -> Lesson:
    if not proposal.messages:
        raise BadLesson("nothing")
    kind, note = proposal.kind, _note(proposal.note)
    if kind in {LessonKind.FACT, LessonKind.DISCARD} and not note:
        raise BadLesson("reason")
    target = _target(proposal, vocabulary)
    examples = read_examples(proposal.typed)
    if kind in TRAINED or kind is LessonKind.MATTER:
        check_examples(
            examples,
            intent=target if kind in TRAINED else "",
            entities=vocabulary.entities,
            taken=vocabulary.taken,
        )
    return Lesson(
        id=0,
        kind=kind,
        target=target,
        examples=() if kind is LessonKind.DISCARD else examples,
        note=note,
        state=FIRST_STATES[kind],
        proposed_by=agent.id,
        proposed_at=now,
        decided_by=None,
        decided_at=None,
    )


def _target(proposal: Proposal, vocabulary: Vocabulary) -> str:
    """Return the intent or matter that a lesson is about.

    Raises:
        BadLesson: There is none of this name.
    """
    if proposal.kind is LessonKind.OUT_OF_SCOPE:
        return OUT_OF_SCOPE
    known = {LessonKind.INTENT: vocabulary.intents, LessonKind.MATTER: vocabulary.matters}
    if proposal.kind not in known:
        return ""
    if proposal.target not in known[proposal.kind]:
        raise BadLesson("target")
    return proposal.target


def _note(text: str) -> str:
    return " ".join(text.split())[:MAX_NOTE_LENGTH]
