"""A made-up city for the pictures: people, two weeks of conversations, a full morning.

Everything goes through the use cases of the product; builders of the tests are used where a use
case wants many arguments. The clock begins on a Tuesday morning, so that every picture is of a
working day.
"""

import random
import time
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from bot.bootstrap import App
from bot.domain.cases import CaseState
from bot.domain.challenges import ChallengeState, NewChallenge
from bot.domain.conversations import Button, Inbound, Owner, Reply, TurnOutcome
from bot.domain.desk_work import CannedReply
from bot.domain.fact_checks import CheckResult, FactKey
from bot.domain.feedback import FeedbackKind
from bot.domain.learning import Misread, MisreadReason
from bot.domain.people import Agent, Role
from bot.domain.quality import NewMark
from bot.domain.reports import Sign
from bot.domain.reviews import TargetKind
from bot.services.accounts import accounts
from bot.services.accounts.accounts import Passwords
from bot.services.bookings import desk as booking_desk
from bot.services.cases import desk as case_desk
from bot.services.cases.watch import CaseWatch, count_again
from bot.services.conversations import conversations, turns
from bot.services.desk import assistance, handover, quality
from bot.services.desk import moves as desk_moves
from bot.services.desk import notes as desk_notes
from bot.services.desk import presence as desk_presence
from bot.services.feedback import feedback
from bot.services.learning import challenges, fact_checks
from bot.services.operating import freezes, talk_counts
from bot.services.reviews import reviews
from bot.services.tickets.hot_watch import HotWatch, sweep_hot
from bot.settings import ROOT
from bot.store.casework_seed import seed_casework
from bot.store.desk_texts import load_desk_texts
from bot.store.service_seed import seed_services
from tests.application_factories import hand_in
from tests.booking_desk_factories import helper, reception
from tests.open_factories import inspected, talk
from tests.plan_factories import RESTAURANT, saved
from tests.routing_factories import FENCE, POWER, say
from tests.service_factories import TUESDAY, at, book

START = datetime(2026, 11, 24, 2, 20, tzinfo=timezone.utc)  # Tuesday, 10:20 in the city
PASSWORD = uuid.uuid4().hex
SEED = ROOT / "data" / "seed"
STORIES = (
    (
        "俺想在东昌府区开个火锅店",
        {"start_business_district": "371502", "journey": "start_business"},
    ),
    ("食品经营许可证到期了怎么换", {"matter_id": "lic-food-operate"}),
    ("厂房扩建要不要重新环评", {"journey": "plan_project"}),
    ("營業執照丟了怎麼補", {}),
    ("注销公司先去哪个部门", {"journey": "life_event"}),
)
VOICES = (
    (FeedbackKind.COMPLAINT, "大厅3号窗口让我跑了三趟，每次都说少一样材料"),
    (FeedbackKind.SUGGESTION, "建议大厅中午也留人，上班的人没法来"),
    (FeedbackKind.COMPLAINT, "网上提交的申请三天没人理，电话也打不通"),
)
MISREAD = (
    "奶茶店的那个本本咋整",
    "奶茶店那个本本怎么弄",
    "帮我订张火车票",
    "火车票能订吗",
    "门头招牌要备案不",
)
QUESTIONS = (
    ("食品经营许可证要什么材料", "lic-food-operate"),
    ("开公司要多少天", "biz-company"),
    ("个体户怎么注册", "biz-individual"),
    ("今天几点上班", ""),
)
PAST_DAYS = 13
A_DAY = 8
"""Conversations on each of the past days."""


def stage_clock() -> datetime:
    """Return the time on the stage: `START` and what has passed since this module was read."""
    return START + timedelta(seconds=time.monotonic() - _BEGAN)


_BEGAN = time.monotonic()


@dataclass
class Stage:
    """An application with people and conversations."""

    app: App
    people: dict[str, Agent] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311
    passwords: Passwords = field(default_factory=Passwords)

    def agent(self, login: str, name: str, role: Role, department: str | None = None) -> Agent:
        """Add a member of staff who is there."""
        now = self.app.now()
        made = accounts.add_agent(
            self.app.unit_of_work,
            login=login,
            name=name,
            role=role,
            password=PASSWORD,
            now=now,
            department_id=department,
            passwords=self.passwords,
        )
        if made.serves:
            accounts.heartbeat(self.app.unit_of_work, agent_id=made.id, now=now, is_available=True)
        self.people[login] = made
        return made

    def talk(self, text: str, fields: dict[str, object], *, at: datetime) -> tuple[str, int]:
        """Let somebody say a first sentence to the bot; returns conversation and message."""
        opened = conversations.open_web_conversation(self.app.unit_of_work, now=at)
        question = Reply(
            "您想办哪种企业？", (Button("有限公司", "/inform"), Button("个体户", "/inform"))
        )
        outcome = TurnOutcome((question,), fields=fields)
        return opened.conversation_id, self.say(opened.conversation_id, text, outcome, at)

    def waiting(self, text: str, fields: dict[str, object], *, at: datetime) -> str:
        """Let somebody talk to the bot and ask for a person."""
        conversation_id, _ = self.talk(text, fields, at=at)
        told = TurnOutcome(
            (Reply("正在为您转接人工客服，请稍候。"),),
            owner=Owner.WAITING,
            handoff_reason="asked",
        )
        self.say(conversation_id, "转人工", told, at)
        return conversation_id

    def say(self, conversation_id: str, text: str, outcome: TurnOutcome, at: datetime) -> int:
        """Let an applicant say something and the bot answer."""
        store = self.app.unit_of_work
        inbound = Inbound("web", conversation_id, uuid.uuid4().hex, text)
        accepted = conversations.accept(store, inbound=inbound, now=at)
        turn = turns.claim_turn(store, now=at)
        if turn is None:
            raise RuntimeError("the message is not there")
        turns.complete_turn(store, turn=turn, outcome=outcome, now=at)
        return accepted.message_id

    def serve(self, conversation_id: str, agent: Agent, *, at: datetime, last_s: int) -> None:
        """Let an agent take a conversation, answer in it and end it."""
        store, texts = self.app.unit_of_work, load_desk_texts(self.app.settings.data_dir)
        one = {"conversation_id": conversation_id, "agent_id": agent.id}
        handover.claim(store, **one, now=at, texts=texts)
        self.answer(
            conversation_id, agent, "您好，按规定这样办，材料清单发给您。", at=at, after_s=40
        )
        done = at + timedelta(seconds=last_s)
        handover.close(store, **one, now=done, texts=texts, reason="已答复")

    def answer(
        self, conversation_id: str, agent: Agent, text: str, *, at: datetime, after_s: int = 0
    ) -> None:
        """Let an agent say something."""
        handover.reply(
            self.app.unit_of_work,
            conversation_id=conversation_id,
            agent_id=agent.id,
            text=text,
            client_id=uuid.uuid4().hex,
            now=at + timedelta(seconds=after_s),
        )


def set_up(app: App) -> str:
    """Fill a database; returns the conversation that is on the screen."""
    stage = Stage(app)
    seed_services(app.unit_of_work, folder=SEED, now=app.now())
    seed_casework(
        app.unit_of_work,
        folder=SEED,
        now=app.now(),
        calendar=app.calendar,
        catalogue=app.catalogue,
        rules=app.whistle_rules,
    )
    for login, name, role, department in (
        ("hanmeimei", "韩梅梅", Role.AGENT, None),
        ("lilei", "李雷", Role.AGENT, None),
        ("wangfang", "王芳", Role.SUPERVISOR, None),
        ("sunguanli", "孙管理", Role.ADMIN, None),
        ("qianbianji", "钱编辑", Role.EDITOR, None),
        ("zhouke", "周科", Role.OFFICER, "approval"),
        ("zhaoshenji", "赵审计", Role.AUDITOR, None),
    ):
        stage.agent(login, name, role, department)
    _past(stage)
    _office(stage)
    _knowledge(stage)
    _voices(stage)
    _desk_settings(stage)
    talk(app, stage.people["wangfang"], app.now())
    inspected(app, stage.people["wangfang"], app.now())
    shown = _morning(stage)
    talk_counts.count_all(app.unit_of_work, now=app.now() + timedelta(minutes=2))
    return shown


def _past(stage: Stage) -> None:
    """Two weeks in which people asked, some asked for a person, and supervisors marked some."""
    agents = [stage.people["hanmeimei"], stage.people["lilei"]]
    for ago in range(PAST_DAYS, 0, -1):
        day = START - timedelta(days=ago)
        for place in range(A_DAY - ago % 3):
            moment = day + timedelta(hours=stage.chance.randrange(-1, 7), minutes=place)
            text, matter = QUESTIONS[place % len(QUESTIONS)]
            fields: dict[str, object] = {"matter_id": matter} if matter else {}
            if place % 3:
                conversation_id, message_id = stage.talk(text, fields, at=moment)
                if place % 4 == 1:
                    _sign(stage, conversation_id, message_id, moment)
                continue
            conversation_id = stage.waiting(text, fields, at=moment)
            taken = moment + timedelta(seconds=stage.chance.randrange(20, 400))
            agent = agents[(ago + place) % 2]
            stage.serve(conversation_id, agent, at=taken, last_s=stage.chance.randrange(200, 900))
            if place == 0 and ago % 2:
                _mark(stage, conversation_id, is_good=ago % 4 == 1)


def _sign(stage: Stage, conversation_id: str, message_id: int, at: datetime) -> None:
    talk_counts.note_sign(
        stage.app.unit_of_work,
        origin=f"{conversation_id}:{message_id}",
        conversation_id=conversation_id,
        kind=Sign.NOT_UNDERSTOOD,
        now=at,
    )


def _mark(stage: Stage, conversation_id: str, *, is_good: bool) -> None:
    remark = "" if is_good else "答得对，但没有说依据，下次把条文和出处一起发给用户。"
    quality.mark_conversation(
        stage.app.unit_of_work,
        agent=stage.people["wangfang"],
        conversation_id=conversation_id,
        mark=NewMark(answers=True, names_basis=is_good, says_next=True, remark=remark),
        now=stage.app.now(),
    )


def _knowledge(stage: Stage) -> None:
    """Challenged answers, a frozen matter, a fact that has changed."""
    app, editor, chief = stage.app, stage.people["qianbianji"], stage.people["wangfang"]
    for place, (said, matter, answer) in enumerate(
        (
            ("你说的不对，现在不用交复印件了", "lic-food-operate", "食品经营许可：需要 5 份材料……"),
            ("时间不对，应该是当场办结", "biz-individual", "个体工商户登记：承诺 1 个工作日。"),
            ("地址不对，那边早搬走了", "", "东昌府区政务服务中心在……"),
        )
    ):
        conversation_id, _ = stage.talk("要什么材料", {"matter_id": matter}, at=app.now())
        new = NewChallenge(
            f"stage:{place}", conversation_id, answer, said, matter, "materials", app.now()
        )
        challenge_id = challenges.open_challenge(app.unit_of_work, new)
    challenges.answer_challenge(
        app.unit_of_work,
        app.catalogue,
        agent=editor,
        challenge_id=challenge_id,
        found=challenges.Found(ChallengeState.RIGHT, "已电话核实，地址没有变。"),
        now=app.now(),
        texts=load_desk_texts(app.settings.data_dir),
    )
    freezes.freeze_matter(
        app.unit_of_work,
        matter_id="lic-small-catering",
        reason="系统升级，暂停受理两天",
        until=TUESDAY + timedelta(days=2),
        by=f"agent:{chief.id}",
        agent_id=chief.id,
        now=app.now(),
        catalogue=app.catalogue,
    )
    fact_checks.note_check(
        app.unit_of_work,
        app.catalogue,
        agent=editor,
        key=FactKey("matter", "biz-company", "whole", ""),
        result=CheckResult.CHANGED,
        note="登记机关改了网址",
        now=app.now(),
    )


def _desk_settings(stage: Stage) -> None:
    """A canned reply, and what an agent is best at."""
    app, chief = stage.app, stage.people["wangfang"]
    text = "您好，我是帮办代办客服，您的情况我看到了，马上帮您查。"
    canned = CannedReply(0, "", "nh", "问好", text)
    desk_notes.save_canned(app.unit_of_work, agent_id=chief.id, reply=canned, now=app.now())
    desk_presence.set_profile(
        app.unit_of_work,
        agent_id=chief.id,
        of_agent_id=stage.people["lilei"].id,
        capacity=3,
        skills=["complaint"],
        now=app.now(),
    )


def _closed_cases(stage: Stage) -> None:
    """Cases that were closed in the last days, one of them late."""
    way = (CaseState.ACCEPTED, CaseState.UNDER_REVIEW, CaseState.COMPLETED)
    for place, ago in enumerate((40, 9, 8, 7)):
        opened = START - timedelta(days=ago)
        case = case_desk.open_case(
            stage.app.unit_of_work,
            origin=f"stage:case:{place}",
            matter_id="lic-food-operate",
            applicant_name=f"示例{'甲乙丙丁'[place]}食品店",
            phone="06350000199",
            credential="92371502XXXXXX1199",
            district_id="371502",
            now=opened,
            catalogue=stage.app.catalogue,
        )
        for move, state in enumerate(way):
            case_desk.advance_case(
                stage.app.unit_of_work,
                number=case.number,
                to=state,
                actor=case.department_id,
                now=START - timedelta(days=4 - place) + timedelta(minutes=move),
                reason="按规定办理",
            )


def _office(stage: Stage) -> None:
    """Cases with their dates, whistles to dispatch and a hot issue, bookings, an application."""
    app = stage.app
    _closed_cases(stage)
    count_again(CaseWatch(app.unit_of_work, app.case_rules, app.calendar))
    for place, text in enumerate(FENCE):
        say(app.unit_of_work, f"示例{'甲乙丙丁戊'[place % 5]}面馆", text)
    say(app.unit_of_work, "示例机械厂", POWER)
    sweep_hot(HotWatch(app.unit_of_work, app.hot_rules, app.router), now=app.now())
    hand_in(app.unit_of_work, conversation_id=stage.talk("办食品证", {}, at=app.now())[0])
    helper(app.unit_of_work, "chenbang", name="陈帮办", phone="0635-8000000")
    numbers = []
    for place, (hour, minute) in enumerate([(9, 0), (9, 30), (10, 0), (11, 0), (14, 0), (16, 0)]):
        conversation_id, _ = stage.talk("约个时间", {}, at=app.now())
        moment = at(TUESDAY, hour, minute)
        early = moment - timedelta(days=3)
        made = book(
            app.unit_of_work,
            place,
            conversation_id=conversation_id,
            contact_name="示例客户" + "一二三四五六"[place],
            contact_phone=f"1380000000{place}",
            starts_at=moment,
            now=early,
        )
        numbers.append(made.number)
    desk = reception(app.unit_of_work, stage.people["wangfang"], app.now())
    booking_desk.check_in(desk, numbers[0])
    booking_desk.mark_no_show(desk, numbers[1])
    meimei, who = (
        stage.people["hanmeimei"],
        saved(app.unit_of_work, RESTAURANT).plan.conversation_id,
    )
    assistance.propose(
        app.unit_of_work,
        app.booking_teller,
        agent=meimei,
        helper_id=meimei.id,
        conversation_id=who,
        subject=numbers[2],
        now=app.now(),
    )
    assistance.answer_proposal(app.unit_of_work, conversation_id=who, agrees=True, now=app.now())


def _voices(stage: Stage) -> None:
    """What people complain of, how they rate, and what the bot did not understand."""
    app, now = stage.app, stage.app.now()
    for place, (kind, text) in enumerate(VOICES):
        conversation_id, _ = stage.talk(text, {}, at=now)
        feedback.file_feedback(
            app.unit_of_work,
            origin=f"stage-{place}",
            conversation_id=conversation_id,
            kind=kind,
            text=text,
            phone=None,
            now=now - timedelta(days=6 - 2 * place),
            calendar=app.calendar,
            catalogue=app.catalogue,
        )
        reviews.rate(
            app.unit_of_work,
            origin=f"stage-review-{place}",
            conversation_id=conversation_id,
            target_kind=TargetKind.CONVERSATION,
            target_id=conversation_id,
            level=(1, 5, 4)[place],
            comment=("等了半天没人接", "", "挺快")[place],
            now=now,
            calendar=app.calendar,
            catalogue=app.catalogue,
        )
    for place, text in enumerate(MISREAD):
        candidates = (("ask_procedure", 0.24), ("ask_materials", 0.2))
        lesson = Misread(MisreadReason.GUESSED, candidates=candidates)
        at = now - timedelta(minutes=90 - place)
        opened = conversations.open_web_conversation(app.unit_of_work, now=at)
        told = TurnOutcome((Reply("没太拿准，您是想问下面哪一个？"),), lesson=lesson)
        stage.say(opened.conversation_id, text, told, at)


def _morning(stage: Stage) -> str:
    """People who wait, who are served, who were put aside; returns the one on the screen."""
    app, now = stage.app, stage.app.now()
    texts = load_desk_texts(app.settings.data_dir)
    meimei, lilei = stage.people["hanmeimei"], stage.people["lilei"]
    ids = [
        stage.waiting(text, fields, at=now - timedelta(minutes=14 - 3 * place))
        for place, (text, fields) in enumerate(STORIES)
    ]
    shown = ids[0]
    for one, who in ((shown, meimei), (ids[1], meimei), (ids[2], lilei)):
        handover.claim(app.unit_of_work, conversation_id=one, agent_id=who.id, now=now, texts=texts)
    for text in ("您好，店面租好了吗？在哪条街上？", "个体户和有限公司都能办，个体户更省事。"):
        stage.answer(shown, meimei, text, at=now, after_s=25)
    desk_notes.add_note(
        app.unit_of_work,
        conversation_id=shown,
        agent_id=meimei.id,
        text="@李雷 这家和上周那家是同一个房东，租赁合同要看原件。",
        now=now,
    )
    later = now + timedelta(hours=2)
    desk_moves.snooze(
        app.unit_of_work, conversation_id=ids[1], agent_id=meimei.id, until=later, now=now
    )
    for text, matter in QUESTIONS:
        stage.talk(text, {"matter_id": matter}, at=now)
    inbound = Inbound("web", shown, uuid.uuid4().hex, "租好了，在柳园路，先办个体户吧")
    conversations.accept(app.unit_of_work, inbound=inbound, now=now)
    return shown
