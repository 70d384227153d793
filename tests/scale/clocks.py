"""Two clocks at once, one of them killed: whoever follows a case hears of it once."""

from collections import Counter
from dataclasses import dataclass

from bot.bootstrap import App, build, utc_now
from bot.domain.cases import CaseState
from bot.services.cases import cases
from bot.services.cases.desk import advance_case, open_case
from bot.services.conversations.conversations import open_web_conversation
from bot.services.times.local_time import LOCAL
from tests.faults.breakage import eventually
from tests.scale.topology import Machines

PHONE, CREDENTIAL = "13800138000", "91440101MA5CJQ4N59"


@dataclass(frozen=True)
class Told:
    """How many followers there are, and how many lines they got."""

    followers: int
    once: int
    twice: int
    is_quiet: bool

    def __str__(self) -> str:
        """Return the cell of the table."""
        later = " (quiet hours: news wait until morning)" if self.is_quiet else ""
        return f"{self.followers} / {self.once} / {self.twice}{later}"


def tell_by_clocks(machines: Machines, followers: int) -> Told:
    """Move followed cases while two clocks look, kill one of them, and count the lines."""
    app = build(machines.settings)
    try:
        talks = [_follow(app, at) for at in range(followers)]
        is_quiet = app.case_rules.quiet.covers(app.now().astimezone(LOCAL))
        for at, (_, number) in enumerate(talks):
            _move(app, number)
            if at == followers // 2:
                machines.kill("clock-0")
        lines = Counter({talk: 0 for talk, _ in talks})

        def look() -> bool:
            with app.reading() as unit:
                for talk, _ in talks:
                    lines[talk] = len(unit.conversations.messages(talk))
            return all(lines.values())

        if not is_quiet:
            eventually(look, "news of all cases")
        machines.revive()
        eventually(machines.is_ready, "the other clock")
        look()
    finally:
        app.engine.dispose()
    found = Counter(lines.values())
    return Told(followers, found[1], sum(found.values()) - found[0] - found[1], is_quiet)


def _follow(app: App, at: int) -> tuple[str, str]:
    now = utc_now()
    talk = open_web_conversation(app.unit_of_work, now=now).conversation_id
    made = open_case(
        app.unit_of_work,
        origin=f"scale:{at}",
        matter_id="lic-food-operate",
        applicant_name="李雷",
        phone=PHONE,
        credential=CREDENTIAL,
        district_id="371502",
        now=now,
        catalogue=app.catalogue,
    )
    cases.find_case(
        app.unit_of_work,
        number=made.number,
        credential=PHONE[-4:],
        conversation_id=talk,
        now=now,
        calendar=app.calendar,
    )
    cases.follow_case(app.unit_of_work, number=made.number, conversation_id=talk, now=now)
    return talk, made.number


def _move(app: App, number: str) -> None:
    advance_case(
        app.unit_of_work,
        number=number,
        to=CaseState.RECTIFICATION,
        actor="approval",
        now=utc_now(),
        reason="缺一份证明",
        missing=["从业人员健康证明"],
    )
