"""A WeChat of ours on loopback: checks each call, counts the quota, misbehaves on order.

Fields and limits are those of its pages on customer service messages, template messages and menus:
https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage
https://developers.weixin.qq.com/doc/service/api/notify/template/api_sendtemplatemessage
https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from starlette.datastructures import UploadFile
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

APP_ID = "wx0123456789abcdef"
SEND = "/cgi-bin/message/custom/send"
TYPING = "/cgi-bin/message/custom/typing"
TEMPLATE = "/cgi-bin/message/template/send"
TEMPLATE_ID = "ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY"
MENU = "/cgi-bin/menu/create"
THUMB = "thumb-of-the-operator"
CARD_FIELDS = {"title", "appid", "pagepath", "thumb_media_id"}


class FakeWechat(FakeTencent):
    """WeChat; refuses a sixth message after each of the person's and notes it in `over`."""

    paths = (
        SEND,
        TYPING,
        TEMPLATE,
        MENU,
        "/cgi-bin/menu/delete",
        "/cgi-bin/get_current_selfmenu_info",
    )

    def __init__(self) -> None:
        super().__init__()
        self.menu: dict[str, Any] | None = None
        self.lost: set[str] = set()
        self.thumbs = {THUMB}
        self.over: list[str] = []

    def more_routes(self) -> list[Route]:
        return [
            Route("/cgi-bin/stable_token", self._token, methods=["POST"]),
            Route("/cgi-bin/material/add_material", self._material, methods=["POST"]),
        ]

    async def _material(self, request: Request) -> Response:
        if request.query_params.get("access_token") != self.token:
            return JSONResponse({"errcode": 40001, "errmsg": "invalid credential"})
        async with request.form() as form:
            media = form.get("media")
            content = await media.read() if isinstance(media, UploadFile) else b""
        if not content or request.query_params.get("type") != "image":
            return JSONResponse({"errcode": 41005, "errmsg": "media data missing"})
        media_id = f"thumb-{next_number()}"
        self.thumbs.add(media_id)
        return JSONResponse({"media_id": media_id, "url": "http://mmbiz.example/0"})

    async def _token(self, request: Request) -> Response:
        body = await request.json()
        if body.get("grant_type") != "client_credential" or body.get("appid") != APP_ID:
            self.violations.append("token asked for in a wrong way")
        if body.get("secret") != SECRET:
            return JSONResponse({"errcode": 40125, "errmsg": "invalid appsecret"})
        return self.give_token(is_forced=bool(body.get("force_refresh")))

    def problems(self, call: Call) -> list[str]:
        """Return what is wrong; the fields are from the platform's pages."""
        values = call.values
        if call.path == SEND:
            if values.get("msgtype") == "miniprogrampage":
                return self._card_problems(call)
            return [
                *unknown(call, "touser", "msgtype", "text"),
                *([] if values.get("msgtype") == "text" else ["unknown msgtype"]),
                *text_problem(values["text"]["content"]),
            ]
        if call.path == TYPING:
            is_fine = values.get("command") in {"Typing", "CancelTyping"}
            return [*unknown(call, "touser", "command"), *([] if is_fine else ["command"])]
        if call.path == TEMPLATE:
            return _template(call)
        return _menu(values) if call.path == MENU else []

    def _card_problems(self, call: Call) -> list[str]:
        odd = set(call.values["miniprogrampage"]) ^ CARD_FIELDS
        return [
            *unknown(call, "touser", "msgtype", "miniprogrampage"),
            *[f"miniprogrampage.{name} is unknown or missing" for name in sorted(odd)],
        ]

    def refusal(self, call: Call) -> int:
        person = str(call.values.get("touser", ""))
        card = call.values.get("miniprogrampage")
        if call.path == SEND and card and card["thumb_media_id"] not in self.thumbs:
            return 40007
        if person in self.lost:
            return 40003
        if call.path == SEND:
            if self.left[person] <= 0:
                self.over.append(person)
                return 45047
            self.left[person] -= 1
        return 0

    def answer(self, call: Call) -> dict[str, Any]:
        if call.path == MENU:
            self.menu = call.values
        if call.path == "/cgi-bin/menu/delete":
            self.menu = None
        if call.path == "/cgi-bin/get_current_selfmenu_info":
            return {"is_menu_open": int(self.menu is not None), "selfmenu_info": _shown(self.menu)}
        return {"msgid": next_number()} if call.path == TEMPLATE else {}

    def sent(self, person: str) -> list[str]:
        """Return the texts that a person was sent."""
        return [
            one.values["text"]["content"]
            for one in self.of(SEND)
            if one.values["touser"] == person and "text" in one.values
        ]

    def cards(self, person: str) -> list[dict[str, str]]:
        """Return the cards of a mini-program that a person was sent."""
        return [
            one.values["miniprogrampage"]
            for one in self.of(SEND)
            if one.values["touser"] == person and "miniprogrampage" in one.values
        ]


def _template(call: Call) -> list[str]:
    """Return what is wrong; the fields are from the platform's pages."""
    values = dict(call.values)
    values.pop("url", None)
    problems = unknown(Call(call.path, values), "touser", "template_id", "data", "client_msg_id")
    for name, one in call.values["data"].items():
        if name.startswith("thing") and len(one["value"]) > 20:
            problems.append(f"data.{name}.value invalid")
        if name.startswith("time") and not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", one["value"]):
            problems.append(f"data.{name}.value invalid")
    return problems


def _menu(values: dict[str, Any]) -> list[str]:
    """Return what is wrong; the fields are from the platform's pages."""
    top = values["button"]
    below = [item for one in top for item in one.get("sub_button", ())]
    problems = []
    if not 1 <= len(top) <= 3 or any(len(one.get("sub_button", ())) > 5 for one in top):
        problems.append("too many buttons")
    if any(utf8(one["name"]) > 16 for one in top) or any(utf8(one["name"]) > 60 for one in below):
        problems.append("button name is too long")
    leaves = (*[one for one in top if "sub_button" not in one], *below)
    if not all(one.get("type") in {"click", "view"} for one in leaves):
        problems.append("button without a type")
    if not all(one.get("key") or one.get("url") for one in leaves):
        problems.append("button without a key")
    return problems


def _shown(menu: dict[str, Any] | None) -> dict[str, Any]:
    buttons = [
        {"name": one["name"], "sub_button": {"list": one.get("sub_button", [])}}
        for one in (menu or {}).get("button", ())
    ]
    return {"button": buttons}


class Follower:
    """李雷, who follows the account; what WeChat posts about him."""

    def __init__(self, api: FakeWechat, deliver: Callable[[dict[str, object]], Any]) -> None:
        """Take the platform, and how its callbacks get to the hub."""
        self.api = api
        self.deliver = deliver
        self.id = f"oLiLei_{next_number()}"
        self._read = 0

    def message(self, kind: str, **content: object) -> dict[str, object]:
        """Return the fields of a message, not yet sent."""
        return {
            "ToUserName": "gh_xiaoer",
            "FromUserName": self.id,
            "CreateTime": int(time.time()),
            "MsgType": kind,
            **content,
            "MsgId": 23_000_000_000_000_000 + next_number(),
        }

    def event(self, name: str, key: str = "") -> dict[str, object]:
        """Return the fields of an event, not yet sent."""
        more = {"EventKey": key} if key else {}
        return {
            "ToUserName": "gh_xiaoer",
            "FromUserName": self.id,
            "CreateTime": int(time.time()) + next_number() % 100,
            "MsgType": "event",
            "Event": name,
            **more,
        }

    def say(self, text: str) -> dict[str, object]:
        """Type a text."""
        return self.send("text", Content=text)

    def send(self, kind: str, **content: object) -> dict[str, object]:
        """Send something else."""
        self.api.left[self.id] = 5
        return self._deliver(self.message(kind, **content))

    def do(self, name: str, key: str = "") -> dict[str, object]:
        """Follow, scan, click."""
        if name not in {"unsubscribe", "VIEW"}:
            self.api.left[self.id] = max(self.api.left[self.id], 3)
        return self._deliver(self.event(name, key))

    @property
    def texts(self) -> list[str]:
        """Return what the phone shows from the account, in order."""
        return self.api.sent(self.id)

    def read(self, count: int = 1) -> list[str]:
        """Wait for so many new messages and return all new ones."""
        self.api.wait(lambda: len(self.texts) >= self._read + count)
        new = self.texts[self._read :]
        self._read += len(new)
        return new

    def _deliver(self, fields: dict[str, object]) -> dict[str, object]:
        self.deliver(fields)
        return fields


@contextmanager
def fake_wechat() -> Iterator[FakeWechat]:
    """Run one."""
    fake = FakeWechat()
    fake.server.start()
    try:
        yield fake
    finally:
        fake.server.dismiss()
