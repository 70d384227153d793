"""What an agent at the desk sees of somebody on Telegram."""

from collections.abc import Iterator

import httpx
import pytest

from bot.domain.conversations import Reply
from bot.domain.people import Role
from bot.services.accounts.accounts import Passwords, add_agent
from bot.services.desk.handovers import say_as_system
from tests.channels.telegram.conftest import Site
from tests.desk_cast import PASSWORD
from tests.telegram_api import FILE
from tests.telegram_person import Person

PHOTO = [{"file_id": "AgAC-1_x", "file_unique_id": "u", "width": 90, "height": 90}]


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


def head_and_messages(desk: httpx.Client, conversation_id: str) -> tuple[str, str]:
    pieces = desk.get(f"/desk/api/conversations/{conversation_id}").json()
    return pieces["head"], pieces["messages"]


def test_the_desk_names_the_channel_and_shows_what_was_sent(
    site: Site, desk: httpx.Client, lilei: Person
) -> None:
    lilei.send(photo=PHOTO)
    lilei.read()
    talk = site.conversation(lilei).id
    head, messages = head_and_messages(desk, talk)
    path = f"/desk/conversations/{talk}/files/telegram/AgAC-1_x"

    assert "Telegram" in head
    assert f'href="{path}"' in messages
    shown = desk.get(path)
    assert (shown.content, shown.headers["content-type"]) == (FILE, "image/jpeg")


def test_a_file_is_given_only_from_its_own_conversation_and_only_to_agents(
    site: Site, desk: httpx.Client, lilei: Person
) -> None:
    lilei.send(document={"file_id": "BQAC", "file_unique_id": "u", "mime_type": "text/html"})
    lilei.read()
    other = site.person()
    other.say("在吗")
    other.read()
    folder = f"/desk/conversations/{site.conversation(lilei).id}/files/telegram"
    stolen = f"/desk/conversations/{site.conversation(other).id}/files/telegram/BQAC"

    assert desk.get(stolen).status_code == 404
    assert desk.get(f"{folder}/never-sent").status_code == 404
    assert httpx.get(f"{site.url}{folder}/BQAC").status_code == 303
    page = desk.get(f"{folder}/BQAC")
    assert page.headers["content-type"] == "application/octet-stream", "never run as a page"
    assert page.headers["content-disposition"].startswith("attachment")


def test_the_desk_says_that_nothing_reaches_a_person_who_blocked_the_bot(
    site: Site, desk: httpx.Client, lilei: Person
) -> None:
    lilei.say("你好")
    lilei.read()
    talk = site.conversation(lilei).id
    assert "消息送不到对方" not in head_and_messages(desk, talk)[0]
    site.api.blocked_by.add(str(lilei.id))
    say_as_system(
        site.app.unit_of_work,
        conversation_id=talk,
        reply=Reply(text="您的办件有新进展"),
        now=site.app.now(),
    )
    site.api.wait(lambda: site.conversation(lilei).unreachable_since)
    head, messages = head_and_messages(desk, talk)

    assert "消息送不到对方" in head
    assert messages.count("未送达") == 1
    site.api.blocked_by.clear()
