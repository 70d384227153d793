"""Stories of a plan: made in the chat, helped with, its policies; and what the editor teaches."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import msgspec

from bot.domain.conversations import Reply, TurnOutcome
from bot.domain.learning import LessonKind, LessonState
from bot.domain.people import Role
from bot.domain.plans import PlanKind
from bot.domain.policy_watch import PackageFacts
from bot.operations.demo.city import City
from bot.services.desk import assistance
from bot.services.learning import lessons
from bot.services.plans.life import mark_steps
from bot.services.plans.plans import Follow, SharedPlan, save_plan
from bot.services.plans.recipe import pack
from bot.services.plans.snapshot import snapshot_start
from bot.services.plans.start_business import StartAnswers
from bot.services.policies.packages import keep_package
from bot.services.reviews.codes import make_code
from bot.services.times.local_time import local_day

MOST_MESSAGES, DONE_STEPS = 500, 2


def plan(city: City, at: datetime) -> None:
    """Somebody opens a restaurant: a plan that is followed, its policies, a helper to stay."""
    app, words = city.app, city.words["plan"]
    who = city.open(at)
    city.say(who, words["said"], TurnOutcome((Reply(city.words["answer"]),)), at)
    answers = msgspec.convert(words["answers"], StartAnswers)
    made = app.start_business.compose(answers, local_day(at))
    recipe = pack(answers, local_day(at))
    saved = save_plan(
        app.unit_of_work,
        origin=f"demo:{who}:plan",
        conversation_id=who,
        kind=PlanKind.START_BUSINESS,
        answers=recipe.recipe,
        snapshot=snapshot_start(made, app.catalogue),
        now=at,
        follow=Follow(answers, made, words["name"], app.plan_composer.fingerprint),
    )
    city.links["plan"] = saved.path
    _package(city, who, at)
    first = [one.step.id for one in made.plan.steps][:DONE_STEPS]
    city.later(at, timedelta(hours=3), partial(_done, city, saved, first))
    city.later(at, timedelta(minutes=20), partial(_help, city, who))


def _done(city: City, saved: SharedPlan, steps: Sequence[str], at: datetime) -> None:
    mark_steps(
        city.app.unit_of_work,
        city.app.plan_composer,
        plan_id=saved.plan.id,
        conversation_id=saved.plan.conversation_id,
        step_ids=steps,
        done_on=local_day(at),
        origin=f"demo:{saved.number}:done",
        now=at,
    )


def _package(city: City, who: str, at: datetime) -> None:
    words = city.words["package"]
    facts = PackageFacts(words["profile"], words["skipped"], words["matters"])
    city.links["package"] = keep_package(
        city.app.unit_of_work,
        origin=f"demo:{who}:package",
        conversation_id=who,
        facts=facts,
        now=at,
    )


def _help(city: City, who: str, at: datetime) -> None:
    agent = city.somebody(Role.AGENT)
    assistance.propose(
        city.app.unit_of_work,
        city.app.booking_teller,
        agent=agent,
        helper_id=agent.id,
        conversation_id=who,
        subject="",
        now=at,
    )
    assistance.answer_proposal(city.app.unit_of_work, conversation_id=who, agrees=True, now=at)


def lesson(city: City, at: datetime) -> None:
    """The editor says that a question is not the office's business, a supervisor releases it."""
    words = city.words["lesson"]
    with city.app.unit_of_work() as unit:
        unread = unit.misunderstood.undecided(MOST_MESSAGES)
    taught = lessons.propose(
        city.app.unit_of_work,
        agent=city.somebody(Role.EDITOR),
        proposal=lessons.Proposal(
            [one.id for one in unread if one.text == words["text"]],
            LessonKind.OUT_OF_SCOPE,
            typed=words["text"],
        ),
        vocabulary=lessons.Vocabulary((), (), (), {}),
        now=at,
    )
    lessons.decide(
        city.app.unit_of_work,
        agent=city.somebody(Role.SUPERVISOR),
        lesson_id=taught,
        to=LessonState.RELEASED,
        reason="",
        now=at,
    )


def review_code(city: City, at: datetime) -> None:
    """A code is printed for the case that was closed last; its applicant rates at home."""
    boss = city.somebody(Role.SUPERVISOR)
    code = make_code(city.app.unit_of_work, agent=boss, text=city.closed_case, now=at)
    city.links["review"] = f"/review/{code}"
