"""A simulated applicant's telephone: each channel of the running product, as `Player` needs it."""

import re
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

from bot.operations.dialogue_talk import Applicant, Page
from tests.channels.walkers import Records, deliverer
from tests.operations.waiting import wait_for
from tests.stack import Stack
from tests.telegram_api import FakeBotApi
from tests.telegram_person import Person, buttons_of
from tests.wechat_api import APP_ID, FakeWechat, Follower
from tests.wecom_api import CORP_ID, OPEN_KFID, Customer, FakeWecom, Member

GOES_ON = "接着看）"
MORE = "更多"
CHOICE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


class Phone(AbstractContextManager["Phone"]):
    """Somebody on a messaging platform."""

    def __init__(self, records: Records, person: Any, account: str) -> None:
        self._records, self._person, self._account = records, person, account
        self._said = self._seen = 0

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the phone away."""

    @property
    def conversation_id(self) -> str:
        """The hub's name for it, once something was said."""
        return self._records.find(self._account) or ""

    def say(self, text: str) -> Page:
        """Type a text and read the answer."""
        self._person.say(text)
        return self._answered()

    def press(self, payload: str) -> Page:
        """Press what was offered under this name, see `read`."""
        self._choose(payload)
        return self._answered()

    def read(self) -> Page:
        """Return what is new; the titles of the buttons lead to what `press` takes."""
        texts = list(self._person.texts)
        new, self._seen = texts[self._seen :], len(texts)
        return Page(new, self._offered(new), self._owner())

    def _choose(self, payload: str) -> None:
        self._person.say(payload)

    def _offered(self, new: list[str]) -> dict[str, str]:
        return {title: number for number, title in CHOICE.findall("\n".join(new))}

    def _answered(self) -> Page:
        self._said += 1
        page = Page()
        while True:
            wait_for(self._is_quiet)
            more = self.read()
            page.texts += more.texts
            page.buttons |= more.buttons
            page.owner = more.owner
            if not more.texts or not more.texts[-1].endswith(GOES_ON):
                return page
            self._person.say(MORE)
            self._said += 1

    def _is_quiet(self) -> bool:
        if self._records.find(self._account) is None:
            return False
        texts = self._person.texts[self._seen :]
        is_held = bool(texts) and texts[-1].endswith(GOES_ON)
        return is_held or self._records.is_quiet(self._account, self._said)

    def _owner(self) -> str:
        name = self.conversation_id
        return self._records.outcome(name, "").owner if name else "bot"


class TelegramPhone(Phone):
    """Somebody on Telegram, who presses real buttons."""

    def _choose(self, payload: str) -> None:
        data, _, message_id = payload.rpartition("@")
        self._person.press_data(data, int(message_id))

    def _offered(self, new: list[str]) -> dict[str, str]:
        calls = self._person.shown[len(self._person.shown) - len(new) :] if new else []
        return {
            button["text"]: f"{button['callback_data']}@{call['message_id']}"
            for call in calls
            for button in buttons_of(call)
        }


class KfPhone(Phone):
    """Somebody who writes to 微信客服: a menu where it fits, else numbers."""

    def _choose(self, payload: str) -> None:
        if payload.isdigit():
            self._person.say(payload)
        else:
            self._person.press(payload)

    def _offered(self, new: list[str]) -> dict[str, str]:
        shown = self._person.api.shown[self._person.id]
        menus = [one.get("msgmenu") or {} for one in shown[len(shown) - len(new) :]] if new else []
        titles = [item["click"]["content"] for menu in menus for item in menu.get("list", ())]
        return {**super()._offered(new), **{title: title for title in titles}}


class People:
    """Makes applicants on the channels of one running stack."""

    def __init__(
        self, stack: Stack, telegram: FakeBotApi, wechat: FakeWechat, wecom: FakeWecom
    ) -> None:
        self._stack, self._records = stack, Records(stack)
        self._telegram, self._wechat, self._wecom = telegram, wechat, wecom

    def meet(self, channel: str) -> Applicant | Phone:
        """Return somebody new on a channel."""
        url = self._stack.url
        if channel == "web":
            return Applicant(url)
        if channel == "telegram":
            phone = Person(self._telegram, self._telegram.queue)
            return TelegramPhone(self._records, phone, str(phone.id))
        if channel == "wechat":
            follower = Follower(self._wechat, deliverer(f"{url}/wechat/callback", APP_ID))
            return Phone(self._records, follower, follower.id)
        deliver = deliverer(f"{url}/wecom/callback", CORP_ID)
        if channel == "wecom":
            member = Member(self._wecom, deliver)
            return Phone(self._records, member, member.id)
        customer = Customer(self._wecom, deliver)
        return KfPhone(self._records, customer, f"{OPEN_KFID}:{customer.id}")
