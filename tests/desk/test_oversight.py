"""The supervisor's pages: board, reports, quality marks, challenged answers."""

import io
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from openpyxl import load_workbook

from bot.domain.challenges import NewChallenge
from bot.domain.conversations import Reply, TurnOutcome
from bot.domain.people import Agent, Role
from bot.services.accounts.accounts import add_agent
from bot.services.cases.watch import CaseWatch, count_again
from bot.services.desk import handover, quality
from bot.services.learning import challenges
from bot.store.casework_seed import seed_casework
from bot.store.service_seed import seed_services
from tests.application_factories import FOOD
from tests.casework_factories import ROOT, calendar, case_rules, catalogue, rules
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW, PASSWORD, texts

BOARD, REPORTS, QUALITY = "/desk/board", "/desk/reports", "/desk/quality"
GOOD = {"answers": "yes", "names_basis": "yes", "says_next": "yes", "remark": ""}
POOR = {**GOOD, "names_basis": "no", "remark": "没有说依据"}


@pytest.fixture
async def boss(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which a supervisor is logged in."""
    site.cast.agent("boss", "孙主任", Role.SUPERVISOR)
    async with site.browser() as client:
        await login(client, "boss")
        yield client


def held(site: Site, agent: Agent, text: str = "俺想在东昌府区开个火锅店") -> str:
    conversation_id = site.cast.waiting(text)
    handover.claim(
        site.cast.open_unit,
        conversation_id=conversation_id,
        agent_id=agent.id,
        now=NOW,
        texts=texts(),
    )
    return conversation_id


def ended(site: Site, agent: Agent) -> str:
    conversation_id = held(site, agent)
    handover.close(
        site.cast.open_unit,
        conversation_id=conversation_id,
        agent_id=agent.id,
        now=NOW,
        texts=texts(),
        reason="办好了",
    )
    return conversation_id


def tiles(html: str) -> dict[str, tuple[int, str]]:
    """Return number and address of every tile, by its name."""
    found = re.findall(r'<li><a href="([^"]+)"[^>]*><b>(\d+)</b><span>([^<]+)</span>', html)
    return {name: (int(n), link.replace("&amp;", "&")) for link, n, name in found}


async def test_the_board_tells_who_waits_who_serves_and_for_how_long(
    boss: httpx.AsyncClient, site: Site, meimei: Agent
) -> None:
    mine = held(site, meimei)
    first = site.cast.waiting(now=NOW)
    site.clock.forward(minutes=12)
    site.cast.waiting(now=site.clock())

    page = (await boss.get(BOARD)).text

    assert tiles(page)["排队"] == (2, "/desk/")
    assert f'<a href="/desk/conversations/{first}">已等 12 分钟</a>' in page
    assert tiles(page)["客服接待中"][0] == 1
    assert f"/desk/conversations/{mine}" in page
    assert "韩梅梅接入" in page


async def test_every_number_is_the_length_of_the_list_behind_it(
    boss: httpx.AsyncClient, site: Site
) -> None:
    unit = site.cast.open_unit
    seed_services(unit, folder=ROOT / "data" / "seed", now=NOW)
    seed_casework(
        unit,
        folder=ROOT / "data" / "seed",
        now=NOW,
        calendar=calendar(),
        catalogue=catalogue(),
        rules=rules(),
    )
    count_again(CaseWatch(unit, case_rules(), calendar()))
    site.clock.forward(days=20)
    await login(boss, "boss")

    found = tiles((await boss.get(BOARD)).text)

    for name in ("办件红灯", "办件黄灯", "吹哨单红灯", "吹哨单黄灯", "没报到的吹哨单"):
        number, link = found[name]
        rows = (await boss.get(link)).text.count("<tr class=")
        assert rows == number, name
    assert found["办件红灯"][0] > 0
    assert found["吹哨单红灯"][0] > 0


async def test_the_living_part_is_the_same_without_the_frame(
    boss: httpx.AsyncClient, site: Site
) -> None:
    site.cast.waiting()

    part = (await boss.get("/desk/api/board")).text

    assert tiles(part)["排队"][0] == 1
    assert "<html" not in part


async def test_conversations_of_the_bot_are_shown_while_they_go_on(
    boss: httpx.AsyncClient, site: Site
) -> None:
    conversation_id = site.cast.conversation()
    site.cast.says(conversation_id, "食品证怎么换")
    site.cast.turn(TurnOutcome(replies=(Reply(text="这样办理。"),)))

    assert f"/desk/conversations/{conversation_id}" in (await boss.get(BOARD)).text
    site.clock.forward(minutes=11)
    assert conversation_id not in (await boss.get(BOARD)).text


@pytest.mark.parametrize("path", [BOARD, "/desk/api/board", REPORTS, f"{REPORTS}/export"])
async def test_agents_do_not_see_what_supervisors_see(
    browser: httpx.AsyncClient, path: str
) -> None:
    assert (await browser.get(path)).status_code == 403


async def test_a_supervisor_gives_a_conversation_to_somebody_else_from_its_page(
    boss: httpx.AsyncClient, site: Site, meimei: Agent
) -> None:
    lilei = site.cast.agent("lilei", "李雷")
    conversation_id = held(site, meimei)
    one = f"/desk/api/conversations/{conversation_id}"

    shown = (await boss.get(one)).json()
    moved = await boss.post(f"{one}/transfer", json={"reason": "更熟悉", "agent_id": lilei.id})

    assert "改派" in shown["head"]
    assert moved.status_code == 200
    with site.cast.open_unit() as unit:
        assert unit.conversations.get(conversation_id).agent_id == lilei.id


async def test_a_supervisor_steps_into_what_the_bot_does(
    boss: httpx.AsyncClient, site: Site
) -> None:
    conversation_id = site.cast.conversation()
    watched = (await boss.get(f"/desk/api/conversations/{conversation_id}")).json()
    assert f'href="{QUALITY}/{conversation_id}"' in watched["head"]

    answer = await boss.post(f"/desk/api/conversations/{conversation_id}/step-in", json={})

    assert answer.status_code == 200
    shown = (await boss.get(f"/desk/api/conversations/{conversation_id}")).json()
    assert shown["state"] == "mine"


async def test_a_report_is_a_table_of_every_figure(
    boss: httpx.AsyncClient, site: Site, meimei: Agent
) -> None:
    ended(site, meimei)
    site.clock.forward(minutes=5)

    page = (await boss.get(f"{REPORTS}?by=agent")).text

    row = re.search(r"<tr data-name=\"韩梅梅\".*?</tr>", page, re.DOTALL)
    assert row is not None
    assert "0 秒" in row.group()
    assert page.count('<th scope="col">') == 14


async def test_the_workbook_holds_the_report_and_runs_no_formula(
    boss: httpx.AsyncClient, site: Site
) -> None:
    rogue = add_agent(
        site.cast.open_unit,
        login="rogue",
        name="=1+1",
        role=Role.AGENT,
        password=PASSWORD,
        now=NOW,
        passwords=site.cast.passwords,
    )
    ended(site, rogue)
    site.clock.forward(minutes=5)

    answer = await boss.get(f"{REPORTS}/export?by=agent")

    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    cell = rows[2][0]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")
    assert [one.value for one in rows[-1][:2]] == ["合计", 1]
    assert (
        'filename="report-agent-2026-11-18-2026-11-24.xlsx"'
        in answer.headers["content-disposition"]
    )


@pytest.mark.parametrize(
    "query", ["first=2026-11-24&last=2026-11-01", "first=2020-01-01&last=2026-11-24"]
)
async def test_a_range_that_makes_no_sense_is_said_and_the_usual_one_shown(
    boss: httpx.AsyncClient, query: str
) -> None:
    answer = await boss.get(f"{REPORTS}?{query}")

    assert answer.status_code == 422
    assert "开始不能晚于结束" in answer.text
    assert 'name="first" value="2026-11-18"' in answer.text


async def test_a_mark_reaches_the_agent(
    boss: httpx.AsyncClient, browser: httpx.AsyncClient, site: Site, meimei: Agent
) -> None:
    conversation_id = ended(site, meimei)
    assert f"{QUALITY}/{conversation_id}" in (await boss.get(QUALITY)).text

    answer = await boss.post(f"{QUALITY}/{conversation_id}", data=POOR)

    assert answer.status_code == 303
    own = (await browser.get(QUALITY)).text
    assert "没有说依据" in own
    assert "说了依据或出处（没有）" in own
    assert "最近 14 天" not in own


@pytest.mark.parametrize(
    ("changes", "note"),
    [({"says_next": "no"}, "请写明为什么"), ({"answers": ""}, "三项都要选")],
    ids=["a no without a word", "a question left out"],
)
async def test_half_a_mark_is_not_kept_and_what_was_typed_stays(
    boss: httpx.AsyncClient, site: Site, meimei: Agent, changes: dict[str, str], note: str
) -> None:
    conversation_id = ended(site, meimei)

    answer = await boss.post(f"{QUALITY}/{conversation_id}", data={**GOOD, **changes})

    assert answer.status_code == 422
    assert note in answer.text
    assert re.search(r'name="names_basis" value="yes" required checked', answer.text)
    assert quality.marks_of(site.cast.open_unit, conversation_id) == []


async def test_an_agent_marks_nothing(
    browser: httpx.AsyncClient, site: Site, meimei: Agent
) -> None:
    conversation_id = ended(site, meimei)

    assert (await browser.post(f"{QUALITY}/{conversation_id}", data=GOOD)).status_code == 403
    assert (await browser.get(f"{QUALITY}/nobody")).status_code == 404


async def test_what_does_not_exist_is_neither_marked_nor_a_test(boss: httpx.AsyncClient) -> None:
    for path in (f"{QUALITY}/nobody", f"{QUALITY}/nobody/test"):
        answer = await boss.post(path, data=GOOD)

        assert answer.status_code == 404
        assert "没有找到这个会话" in answer.text


async def test_a_test_conversation_is_marked_and_leaves_the_report(
    boss: httpx.AsyncClient, site: Site, meimei: Agent
) -> None:
    conversation_id = ended(site, meimei)
    site.clock.forward(minutes=5)
    assert "没有可以统计的内容" not in (await boss.get(REPORTS)).text

    await boss.post(f"{QUALITY}/{conversation_id}/test", data={"is_test": "1"})

    assert "没有可以统计的内容" in (await boss.get(REPORTS)).text
    assert "不是测试" in (await boss.get(f"{QUALITY}/{conversation_id}")).text


def doubted(site: Site) -> int:
    new = NewChallenge(
        origin="m1",
        conversation_id=site.cast.conversation(),
        answer="需要三份材料 <b>",
        said="你说的不对",
        matter_id=FOOD,
        topic="materials",
        opened_at=NOW,
    )
    return challenges.open_challenge(site.cast.open_unit, new)


async def test_a_challenge_is_answered_and_its_fact_marked(
    boss: httpx.AsyncClient, site: Site
) -> None:
    challenge_id = doubted(site)
    listed = (await boss.get("/desk/challenges")).text
    assert "· 材料</h2>" in listed
    assert "需要三份材料 &lt;b&gt;" in listed

    form = {"state": "wrong", "reply": "现在只要两份"}
    answer = await boss.post(f"/desk/challenges/{challenge_id}", data=form)

    assert answer.status_code == 303
    assert "没有等着核实的指正" in (await boss.get("/desk/challenges")).text
    assert "现在只要两份" in (await boss.get("/desk/challenges?shown=closed")).text
    assert "现在只要两份" in (await boss.get("/desk/catalogue")).text


async def test_an_answer_without_a_finding_is_refused_and_kept_in_the_form(
    boss: httpx.AsyncClient, site: Site
) -> None:
    challenge_id = doubted(site)

    answer = await boss.post(f"/desk/challenges/{challenge_id}", data={"reply": "改好了"})

    assert answer.status_code == 409
    assert "请选核实的结果" in answer.text
    assert "改好了</textarea>" in answer.text


async def test_what_was_answered_a_moment_ago_by_somebody_else_is_said(
    boss: httpx.AsyncClient, site: Site
) -> None:
    challenge_id = doubted(site)
    form = {"state": "right", "reply": "没错"}
    await boss.post(f"/desk/challenges/{challenge_id}", data=form)

    answer = await boss.post(f"/desk/challenges/{challenge_id}", data=form)

    assert "刚刚被别人答复了" in answer.text
