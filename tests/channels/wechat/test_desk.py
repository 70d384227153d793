"""What an agent at the desk sees of somebody on WeChat."""

from collections.abc import Iterator

import httpx
import pytest

from bot.domain.conversations import Author, Reply
from bot.domain.people import Role
from bot.services.accounts.accounts import Passwords, add_agent
from bot.services.desk.handovers import say_as_system
from tests.channels.wechat.conftest import Site
from tests.desk_cast import PASSWORD
from tests.tencent_api import FILE
from tests.wechat_api import Follower


@pytest.fixture(scope="module")
def desk(site: Site) -> Iterator[httpx.Client]:
    """A supervisor, logged in."""
    add_agent(
        site.app.unit_of_work,
        login="hanmeimei",
        name="韩梅梅",
        role=Role.SUPERVISOR,
        password=PASSWORD,
        now=site.app.now(),
        passwords=Passwords(),
    )
    with httpx.Client(base_url=site.url, headers={"origin": site.url}, timeout=60) as http:
        form = {"login": "hanmeimei", "password": PASSWORD}
        assert http.post("/desk/login", data=form).status_code in {200, 303}
        yield http


def pieces(desk: httpx.Client, conversation_id: str) -> tuple[str, str]:
    read = desk.get(f"/desk/api/conversations/{conversation_id}").json()
    return read["head"], read["messages"]


def test_the_desk_names_the_channel_and_shows_what_was_sent(
    site: Site, desk: httpx.Client, lilei: Follower
) -> None:
    lilei.send("image", PicUrl="http://mmbiz.example/1", MediaId="media-1_x")
    lilei.read()
    lilei.send("image", PicUrl="http://mmbiz.example/2", MediaId="gone")
    lilei.read()
    talk = site.conversation(lilei).id
    head, messages = pieces(desk, talk)
    folder = f"/desk/conversations/{talk}/files/wechat"
    site.api.token = ""  # WeChat has thrown the old one away
    shown = desk.get(f"{folder}/media-1_x")

    assert "微信公众号" in head
    assert f'href="{folder}/media-1_x"' in messages
    assert (shown.content, shown.headers["content-type"]) == (FILE, "image/jpeg")
    assert desk.get(f"{folder}/gone").status_code == 404, "WeChat keeps it for three days"


def test_the_desk_says_which_lines_wait_for_the_persons_next_word(
    site: Site, desk: httpx.Client, lilei: Follower
) -> None:
    lilei.say("你好")
    lilei.read()
    talk = site.conversation(lilei).id
    assert "待送" not in pieces(desk, talk)[1]
    site.api.script["/cgi-bin/message/custom/send"].append("errcode:45015")
    for reply in (Reply("一"), Reply("二", author=Author.SYSTEM)):
        say_as_system(site.app.unit_of_work, conversation_id=talk, reply=reply, now=site.app.now())
    site.api.wait(lambda: pieces(desk, talk)[1].count("待送") == 2)
    lilei.say("我来了")
    lilei.read()
    site.api.wait(lambda: "待送" not in pieces(desk, talk)[1])
