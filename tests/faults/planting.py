"""One person's data, said at every door of the running product, and where they may turn up."""

import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import httpx

from bot.desk.access import ACCESS
from bot.domain.people import Agent, Role
from tests.chat_client import Chat
from tests.stack import Stack

PHONE, IDENTITY, NAME = "13970531846", "371502199003074239", "欧阳慕白"
ADDRESS, WORDS, BUSINESS = "柳园路9731号", "紫砂壶暗语", "聊城藤萝暗记机械有限公司"
MARKERS: Mapping[str, str] = {
    "phone": PHONE,
    "identity": IDENTITY,
    "name": NAME,
    "address": ADDRESS,
    "words": WORDS,
    "business": BUSINESS,
}

SCRIPT, FORMULA = "<script>alert(9731)</script>", "=1+9731"
"""What would run in a page, and in a spreadsheet."""

LETTER = f"我叫{NAME}，身份证{IDENTITY}，电话{PHONE}，住{ADDRESS}，{WORDS}{SCRIPT}"
"""What somebody writes who tells everything unasked, and tries whether it runs."""

WEB_TALKS = (
    ("我要吹哨, 厂房通不上电", BUSINESS, "跳过", "开发区", PHONE, "对，派单"),
    ("想约个电话帮办，茌平的，越快越好", NAME, PHONE, "对，约上"),
    (
        "我要申请食品经营许可",
        "企业（有营业执照）",
        f"名称{BUSINESS}，信用代码91440101MA5CJQ4N59，联系人{NAME}，电话{PHONE}",
        "东昌府区",
        ADDRESS,
        "就这样",
        "同意",
        "提交",
    ),
    ("我要投诉", LETTER, PHONE),
    ("我要评价", "不满意", LETTER),
    ("开火锅店要多久", LETTER, "转人工"),
)
TABLE = (
    "办件编号,事项,申请人,电话,区划,状态,收件时间,证件号码,说明\n"
    f"371502202611250077,lic-food-operate,{BUSINESS},{PHONE},东昌府区,收件,2026-11-25,{IDENTITY},{FORMULA}{LETTER}\n"
)
PDF = b"%PDF-1.7\n" + LETTER.encode() + b"x" * 100
QUERIES: Mapping[str, tuple[str, ...]] = {"/bookings": ("", "?days=7")}
"""Lists of a day, which at some hours is not the day of what was booked."""

ENDLESS = "/events"
"""A stream of bells without words; it never ends."""

LINK = re.compile(r'(?:href|data-href)="(/desk/[^"#?]+)')
MOST_PAGES = 150


def found_in(text: str | bytes) -> set[str]:
    """Return which markers are in a text, also as JSON would write them."""
    content = text.encode() if isinstance(text, str) else text
    return {
        name
        for name, marker in MARKERS.items()
        if marker.encode() in content or json.dumps(marker)[1:-1].encode() in content
    }


def talk_on_the_web(stack: Stack) -> list[str]:
    """Go through every form, hand a file in; returns the conversations."""
    talks = []
    for texts in WEB_TALKS:
        with Chat(stack.url) as chat:
            for text in texts:
                chat.say(text)
            talks.append(chat)
            _hand_in(stack, chat)
    return [chat.conversation_id for chat in talks]


def _hand_in(stack: Stack, chat: Chat) -> None:
    answer = httpx.post(
        f"{stack.url}/api/chat/attachments",
        headers={"Authorization": f"Bearer {chat.token}"},
        data={"client_id": "planted"},
        files={"file": (f"{NAME}{IDENTITY}.pdf", PDF)},
        timeout=60,
    )
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text


class Desk:
    """The desk of a running product, with one account a role.

    Attributes:
        talks: The conversations that people opened meanwhile.
    """

    def __init__(self, url: str, accounts: Mapping[Role, Agent], password: str) -> None:
        self.talks: list[str] = []
        self._accounts = accounts
        self._browsers: dict[Role, httpx.Client] = {}
        for role, agent in accounts.items():
            browser = httpx.Client(base_url=url, headers={"origin": url}, timeout=60)
            browser.post("/desk/login", data={"login": agent.login, "password": password})
            self._browsers[role] = browser

    def close(self) -> None:
        """Close all browsers."""
        for browser in self._browsers.values():
            browser.close()

    def post(self, role: Role, path: str, **fields: object) -> httpx.Response:
        """Do something, as the page does it."""
        return self._browsers[role].post(f"/desk{path}", json=fields)

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Fetch each list, page of figures and export once; yields path and what is in it."""
        for (method, path), needs in ACCESS.items():
            at = path.replace("{kind}", "csv")
            if method != "GET" or needs is None or "{" in at or at == ENDLESS:
                continue
            role = next(one for one, agent in self._accounts.items() if agent.may(needs))
            for query in QUERIES.get(at, ("",)):
                found = self._browsers[role].get(f"/desk{at}{query}")
                yield f"{at}{query}", unpacked(found.content)

    def every_page(self, *more: str) -> Iterator[httpx.Response]:
        """Fetch each list and whatever the pages lead to, once each, beginning with `more`."""
        waiting = [
            f"/desk{path}" for (method, path) in ACCESS if method == "GET" and "{" not in path
        ]
        waiting += [*(f"/desk{path}" for path in more), "/desk/cases/export/csv"]
        seen = {f"/desk{ENDLESS}", "/desk/logout"}
        while waiting and len(seen) < MOST_PAGES:
            path = waiting.pop(0)
            role = self._reader_of(path)
            if path in seen or role is None:
                continue
            seen.add(path)
            answer = self._browsers[role].get(path)
            yield answer
            waiting += LINK.findall(answer.text)

    def _reader_of(self, path: str) -> Role | None:
        """Return who may open an address of the desk, None when it is none."""
        for (method, template), needs in ACCESS.items():
            pattern = re.sub(r"\\\{[^}]*\}", "[^/]+", re.escape(f"/desk{template}"))
            if method == "GET" and needs is not None and re.fullmatch(pattern, path):
                return next(one for one, agent in self._accounts.items() if agent.may(needs))
        return None


def unpacked(content: bytes) -> bytes:
    """Return what is in a workbook; anything else as it is."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return b"\n".join(book.read(name) for name in book.namelist())


def columns_with_markers(file: Path) -> dict[str, set[str]]:
    """Return column ("table.column") to the markers in it, over a whole SQLite file."""
    found: dict[str, set[str]] = {}
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in names:
            cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - ours
            columns = [one[0] for one in cursor.description]
            for row in cursor:
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, (str, bytes)) and (markers := found_in(value)):
                        found.setdefault(f"{table}.{column}", set()).update(markers)
    return found


def raw_bytes(file: Path) -> bytes:
    """Return a database file and its log, free pages and all."""
    beside = (file, file.with_name(f"{file.name}-wal"))
    return b"".join(one.read_bytes() for one in beside if one.exists())
