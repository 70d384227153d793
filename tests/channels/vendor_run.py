"""The platforms at their worst, and what a person sees meanwhile.

`python -m tests.channels.vendor_run` starts the whole product and lets a person on each channel
have the same short conversation while that channel's platform answers 429 and 500, takes half a
minute, and goes dead after taking a message. Writes `docs/vendor-runs.md`: who said what after how
long, and each try of a send. Fails when a line is lost, out of order, or said twice more often than
a platform went dead.
"""

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.services.times.local_time import LOCAL
from bot.settings import ROOT
from tests import wechat_api, wecom_api
from tests.channels.walkers import Records, deliverer
from tests.servers import Try
from tests.stack import Stack, channel_settings, running_stack
from tests.telegram_api import fake_bot_api
from tests.telegram_person import Person
from tests.wechat_api import APP_ID, Follower
from tests.wecom_api import CORP_ID, OPEN_KFID, Customer, Member

PAGE = ROOT / "docs" / "vendor-runs.md"
PATIENCE_S = 300.0
SAID = ("食品经营许可要什么材料", "收费吗", "在哪办", "多久能办好", "谢谢")
"""One message for each trouble."""

TELEGRAM = ("429:3", "500", "slow:30", "lost", "")
TENCENT = ("errcode:-1", "500", "slow:30", "lost", "")
WHO = {"person": "李雷", "phone": "his phone shows", "platform": "the platform, asked to send"}
MEANINGS = {
    "429:3": "429, try again after 3 s",
    "500": "500",
    "slow:30": "takes it after 30 s",
    "lost": "takes it, and the line goes dead before it says so",
    "errcode:-1": "errcode -1, busy",
    "taken": "takes it",
}
HEAD = """# Conversations while a platform misbehaves

Written by `python -m tests.channels.vendor_run` on {day}: the whole product with its trained
model, against the platforms of `tests/` over real sockets, all four channels at once. Each message
meets another trouble. A line that was taken while the connection died is sent again: nobody can
know that it arrived. The run fails when a line is lost, out of order, or doubled without such a
reason."""


@dataclass
class Scene:
    """A person on one channel.

    Attributes:
        name: The channel.
        account: The person's id there, as the hub knows it.
        troubles: What the platform does to the first send after each message.
        sending: Interface by which lines are sent.
    """

    name: str
    person: Any
    account: str
    troubles: tuple[str, ...]
    sending: str

    @property
    def tries(self) -> list[Try]:
        """Return the tries to send."""
        return [one for one in self.person.api.tries if one.path == self.sending]


@dataclass(frozen=True)
class Moment:
    """One line of the transcript."""

    after_s: float
    who: str
    text: str


def play(scene: Scene, records: Records) -> list[Moment]:
    """Have the conversation and return what was said, shown and tried."""
    began, seen = time.monotonic(), 0
    moments: list[Moment] = []
    for number, (text, trouble) in enumerate(zip(SAID, scene.troubles, strict=True), start=1):
        if trouble:
            scene.person.api.script[scene.sending].append(trouble)
        first_try = len(scene.tries)
        moments.append(Moment(time.monotonic() - began, "person", text))
        scene.person.say(text)
        _wait(
            lambda done=number: (
                records.find(scene.account) and records.is_quiet(scene.account, done)
            )
        )
        moments += [
            Moment(one.at - began, "platform", one.order or "taken")
            for one in scene.tries[first_try:]
        ]
        moments += [
            Moment(time.monotonic() - began, "phone", one) for one in scene.person.texts[seen:]
        ]
        seen = len(scene.person.texts)
    return moments


def check(scene: Scene, moments: list[Moment], records: Records) -> list[str]:
    """Return what is wrong: a line of the transcript that is missing, late, or doubled."""
    outcome = records.outcome(records.find(scene.account) or "", "")
    shown = "\n".join(one.text for one in moments if one.who == "phone")
    bare = _bare(shown)
    problems, place = [], 0
    for text, _titles in outcome.lines:
        first = next((part for part in text.splitlines() if part.strip()), "")
        found = bare.find(_bare(first), place)
        if found < 0:
            problems.append(f"{scene.name}: lost or out of order: {first}")
        place = max(place, found)
        allowed = 1 + sum(one == "lost" for one in scene.troubles)
        if bare.count(_bare(text)) > allowed:
            problems.append(f"{scene.name}: said too often: {first}")
    return [*problems, *(f"{scene.name}: {one}" for one in scene.person.api.violations)]


def _bare(text: str) -> str:
    return "".join(text.split())


def _wait(is_there: Callable[[], object]) -> None:
    ends_at, pause = time.monotonic() + PATIENCE_S, threading.Event()
    while not is_there():
        if time.monotonic() > ends_at:
            raise AssertionError("never came")
        pause.wait(0.1)


def scenes(stack: Stack, telegram: Any, wechat: Any, wecom: Any) -> Iterator[Scene]:
    """Return somebody on each channel with the troubles of its platform."""
    phone = Person(telegram, telegram.queue)
    yield Scene("Telegram", phone, str(phone.id), TELEGRAM, "sendMessage")
    follower = Follower(wechat, deliverer(f"{stack.url}/wechat/callback", APP_ID))
    yield Scene("微信公众号", follower, follower.id, TENCENT, wechat_api.SEND)
    member = Member(wecom, deliverer(f"{stack.url}/wecom/callback", CORP_ID))
    yield Scene("企业微信", member, member.id, TENCENT, wecom_api.SEND)
    customer = Customer(wecom, deliverer(f"{stack.url}/wecom/callback", CORP_ID))
    yield Scene("微信客服", customer, f"{OPEN_KFID}:{customer.id}", TENCENT, wecom_api.KF_SEND)


def page(played: list[tuple[Scene, list[Moment]]]) -> str:
    """Return the page with all transcripts."""
    day = datetime.now(LOCAL).date()  # noqa: TID251 - the day of the run
    parts = [HEAD.format(day=day)]
    for scene, moments in played:
        parts.append(f"\n## {scene.name}\n\n| after | who | |\n|---|---|---|")
        for one in moments:
            text = one.text.replace("|", "\\|").replace("\n", "<br>")
            if one.who == "platform":
                text = MEANINGS.get(text, text)
            parts.append(f"| {one.after_s:.1f} s | {WHO[one.who]} | {text} |")
    return "\n".join(parts) + "\n"


def main() -> int:
    """Play on all channels at once, write the page, and tell what was wrong."""
    with (
        fake_bot_api() as telegram,
        wechat_api.fake_wechat() as wechat,
        wecom_api.fake_wecom() as wecom,
        tempfile.TemporaryDirectory() as folder,
    ):
        more = channel_settings(telegram.url, wechat.url, wecom.url)
        with running_stack(Path(folder), more=more) as stack, ThreadPoolExecutor(4) as pool:
            records = Records(stack)
            people = list(scenes(stack, telegram, wechat, wecom))
            told = list(pool.map(lambda one: play(one, records), people))
            pairs = list(zip(people, told, strict=True))
            problems = [line for one, moments in pairs for line in check(one, moments, records)]
    PAGE.write_text(page(pairs), encoding="utf-8")
    print("\n".join(problems) or f"0 lines lost; {PAGE.relative_to(ROOT)} written")  # noqa: T201 - what it is run for
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
