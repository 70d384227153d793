"""A WeCom of ours on loopback, 微信客服 included: checks each call, misbehaves on order."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.tencent_api import (
    SECRET,
    Call,
    FakeTencent,
    next_number,
    text_problem,
    unknown,
    utf8,
)

CORP_ID = "ww0123456789abcdef"
AGENT_ID = "1000002"
OPEN_KFID = "wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q"
SEND = "/cgi-bin/message/send"
KF_SEND = "/cgi-bin/kf/send_msg"
KF_WELCOME = "/cgi-bin/kf/send_msg_on_event"
SYNC = "/cgi-bin/kf/sync_msg"


class FakeWecom(FakeTencent):
    """WeCom.

    Attributes:
        news: What 微信客服 tells when asked, oldest first.
        page: How many news it tells at once.
        codes: Welcome codes that are good, each once.
        gone: Members outside of the application's sight.
        over: Customers who would have got a sixth message.
    """

    paths = (SEND, KF_SEND, KF_WELCOME, SYNC)

    def __init__(self) -> None:
        super().__init__()
        self.news: list[dict[str, Any]] = []
        self.page = 1000
        self.codes: set[str] = set()
        self.gone: set[str] = set()
        self.over: list[str] = []
        self.kf_token = "ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR"
        self.shown: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)

    def more_routes(self) -> list[Route]:
        return [Route("/cgi-bin/gettoken", self._token)]

    async def _token(self, request: Request) -> Response:
        query = request.query_params
        if query.get("corpid") != CORP_ID or query.get("corpsecret") != SECRET:
            return JSONResponse({"errcode": 40001, "errmsg": "invalid credential"})
        return self.give_token(is_forced=False)

    def problems(self, call: Call) -> list[str]:
        """Return what is wrong; fields as on its pages 90236 and 96427."""
        values = call.values
        if call.path == SEND:
            problems = unknown(call, "touser", "msgtype", "agentid", "text", "safe")
            is_fine = values.get("agentid") == int(AGENT_ID) and values.get("msgtype") == "text"
            return [*problems, *([] if is_fine else ["agentid"]), *_content(values)]
        if call.path == KF_SEND:
            kind = str(values.get("msgtype"))
            return [*unknown(call, "touser", "open_kfid", "msgtype", kind), *_content(values)]
        if call.path == KF_WELCOME:
            return [*unknown(call, "code", "msgtype", str(values["msgtype"])), *_content(values)]
        is_fine = 1 <= values.get("limit", 1000) <= 1000 and values.get("open_kfid") == OPEN_KFID
        return [] if is_fine and len(values.get("cursor", "")) <= 64 else ["sync_msg"]

    def refusal(self, call: Call) -> int:
        values = call.values
        if call.path == SEND and values["touser"] in self.gone:
            return 81013
        if call.path == KF_WELCOME:
            if values["code"] not in self.codes:
                return 41000
            self.codes.discard(values["code"])
        if call.path == KF_SEND:
            if self.left[values["touser"]] <= 0:
                self.over.append(values["touser"])
                return 95001
            self.left[values["touser"]] -= 1
        if call.path == SYNC and values.get("token") not in {self.kf_token, None}:
            return 95007
        return 0

    def answer(self, call: Call) -> dict[str, Any]:
        if call.path != SYNC:
            if call.path != KF_WELCOME:
                self.shown[call.values["touser"]].append(call.values)
            return {"msgid": str(next_number()), "invaliduser": ""} if call.path == SEND else {}
        start = int(call.values.get("cursor") or 0)
        end = min(start + self.page, len(self.news))
        return {
            "next_cursor": str(end),
            "has_more": int(end < len(self.news)),
            "msg_list": self.news[start:end],
        }


def _content(values: dict[str, Any]) -> list[str]:
    if values.get("msgtype") == "text":
        return text_problem(values["text"]["content"])
    if values.get("msgtype") != "msgmenu":
        return ["unknown msgtype"]
    menu = values["msgmenu"]
    problems = [] if utf8(menu["head_content"]) <= 1024 else ["head_content is too long"]
    if not 1 <= len(menu["list"]) <= 10:
        problems.append("too many items")
    for item in menu["list"]:
        click = item["click"]
        if item["type"] != "click" or not 1 <= utf8(click["id"]) <= 64:
            problems.append("bad id of an item")
        if not 1 <= utf8(click["content"]) <= 128:
            problems.append("bad content of an item")
    return problems


class Member:
    """韩梅梅 of the enterprise; what WeCom posts about her."""

    def __init__(self, api: FakeWecom, deliver: Callable[[dict[str, object]], Any]) -> None:
        """Take the platform, and how its callbacks get to the hub."""
        self.api = api
        self.deliver = deliver
        self.id = f"HanMeimei{next_number()}"
        self._read = 0

    def fields(self, kind: str, **content: object) -> dict[str, object]:
        """Return the fields of a message or event, not yet sent."""
        number = {} if kind == "event" else {"MsgId": 7_000_000_000 + next_number()}
        return {
            "ToUserName": CORP_ID,
            "FromUserName": self.id,
            "CreateTime": int(time.time()),
            "MsgType": kind,
            **content,
            **number,
            "AgentID": AGENT_ID,
        }

    def say(self, text: str) -> dict[str, object]:
        """Type a text."""
        return self.send("text", Content=text)

    def send(self, kind: str, **content: object) -> dict[str, object]:
        """Send something else."""
        fields = self.fields(kind, **content)
        self.deliver(fields)
        return fields

    @property
    def texts(self) -> list[str]:
        """Return what the phone shows, in order."""
        return [shown_text(one) for one in list(self.api.shown[self.id])]

    def read(self, count: int = 1) -> list[str]:
        """Wait for so many new messages and return all new ones."""
        self.api.wait(lambda: len(self.texts) >= self._read + count)
        new = self.texts[self._read :]
        self._read += len(new)
        return new


class Customer(Member):
    """李雷, who writes to 微信客服 from WeChat; his words wait there until they are fetched."""

    def __init__(self, api: FakeWecom, deliver: Callable[[dict[str, object]], Any]) -> None:
        super().__init__(api, deliver)
        self.id = f"wmLiLei{next_number()}"

    def put(self, kind: str, **content: object) -> None:
        """Leave a message where it is fetched from; nobody is told yet."""
        self.api.left[self.id] = 5
        self.api.news.append(
            {
                "msgid": f"from_msgid_{next_number()}",
                "open_kfid": OPEN_KFID,
                "external_userid": self.id,
                "send_time": int(time.time()),
                "origin": 3,
                "msgtype": kind,
                kind: content,
            }
        )

    def happen(self, name: str, **content: object) -> None:
        """Leave an event."""
        inside = {
            "event_type": name,
            "open_kfid": OPEN_KFID,
            "external_userid": self.id,
            **content,
        }
        self.api.news.append(
            {
                "msgid": f"event_msgid_{next_number()}",
                "send_time": int(time.time()),
                "origin": 4,
                "msgtype": "event",
                "event": inside,
            }
        )

    def ring(self) -> None:
        """Let the platform say that there are news."""
        self.deliver(
            {
                "ToUserName": CORP_ID,
                "CreateTime": int(time.time()),
                "MsgType": "event",
                "Event": "kf_msg_or_event",
                "Token": self.api.kf_token,
                "OpenKfId": OPEN_KFID,
            }
        )

    def say(self, text: str) -> dict[str, object]:
        """Type a text."""
        return self.send("text", content=text)

    def send(self, kind: str, **content: object) -> dict[str, object]:
        """Send something else."""
        self.put(kind, **content)
        self.ring()
        return {}

    def press(self, title: str) -> None:
        """Press the newest item of this title."""
        for shown in reversed(self.api.shown[self.id]):
            for item in (shown.get("msgmenu") or {}).get("list", ()):
                if item["click"]["content"] == title:
                    self.send("text", content=title, menu_id=item["click"]["id"])
                    return
        raise AssertionError(f"no item {title!r}")


def shown_text(values: dict[str, Any]) -> str:
    """Return what a person sees of a message, the items of its menu in lines below."""
    if values["msgtype"] == "text":
        return str(values["text"]["content"])
    menu = values["msgmenu"]
    titles = [item["click"]["content"] for item in menu["list"]]
    return "\n".join([menu["head_content"], *titles])


@contextmanager
def fake_wecom() -> Iterator[FakeWecom]:
    """Run one."""
    fake = FakeWecom()
    fake.server.start()
    try:
        yield fake
    finally:
        fake.server.dismiss()
