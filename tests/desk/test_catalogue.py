"""The page of the catalogue: freezing a matter at once, and facts to check again."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.domain.people import Role
from bot.services.operating.freezes import frozen_matters
from tests.application_factories import FOOD
from tests.desk.conftest import Site, login
from tests.desk_cast import NOW

ROOT = "/desk/catalogue"
FORM = {"matter": "食品经营许可", "reason": "办法正在修订", "until": ""}


@pytest.fixture
async def boss(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which a supervisor is logged in."""
    site.cast.agent("boss", "孙主任", Role.SUPERVISOR)
    async with site.browser() as client:
        await login(client, "boss")
        yield client


async def test_a_supervisor_freezes_a_matter_by_its_name(
    boss: httpx.AsyncClient, site: Site
) -> None:
    name = "食品经营许可"

    answer = await boss.post(f"{ROOT}/freeze", data={**FORM, "matter": FOOD})

    assert answer.status_code == 303
    assert frozen_matters(site.cast.open_unit, now=NOW)[FOOD].reason == "办法正在修订"
    page = (await boss.get(ROOT)).text
    assert name in page
    assert "孙主任" in page
    assert "直到恢复" in page


async def test_lifting_it_is_kept_in_the_list_of_earlier_ones(
    boss: httpx.AsyncClient, site: Site
) -> None:
    await boss.post(f"{ROOT}/freeze", data={**FORM, "matter": FOOD})
    await boss.post(f"{ROOT}/unfreeze", data={"matter": FOOD})

    assert frozen_matters(site.cast.open_unit, now=NOW) == {}
    assert "以前的暂停 1 条" in (await boss.get(ROOT)).text


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"matter": "没有的事项"}, "没有找到这个事项"),
        ({"reason": " "}, "请写明理由"),
        ({"until": "2026-11-01"}, "截止日期不能早于今天"),
        ({"until": "某天"}, "截止日期不能早于今天"),
    ],
)
async def test_bad_input_is_said_and_nothing_is_frozen(
    boss: httpx.AsyncClient, site: Site, changes: dict[str, str], note: str
) -> None:
    answer = await boss.post(f"{ROOT}/freeze", data={**FORM, "matter": FOOD, **changes})

    assert answer.status_code == 409
    assert note in answer.text
    assert frozen_matters(site.cast.open_unit, now=NOW) == {}


async def test_an_agent_reads_but_does_not_freeze(browser: httpx.AsyncClient, site: Site) -> None:
    assert "暂停一个事项" not in (await browser.get(ROOT)).text

    answer = await browser.post(f"{ROOT}/freeze", data={**FORM, "matter": FOOD})

    assert answer.status_code == 403
    assert frozen_matters(site.cast.open_unit, now=NOW) == {}


async def test_lifting_what_is_not_frozen_is_said(boss: httpx.AsyncClient) -> None:
    answer = await boss.post(f"{ROOT}/unfreeze", data={"matter": FOOD})

    assert "现在没有暂停" in answer.text


async def test_facts_that_were_not_checked_for_long_are_listed(boss: httpx.AsyncClient) -> None:
    # everything was checked on 23 November, the day before
    assert "180 天内都核对过" in (await boss.get(ROOT)).text
    assert "（1 天）" in (await boss.get(f"{ROOT}?days=0")).text


OLD = {"days": "0", "kind": "matter", "text": "食品经营许可"}


async def facts_shown(client: httpx.AsyncClient) -> list[str]:
    """Return the details of the facts that are listed to be checked."""
    page = (await client.get(ROOT, params=OLD)).text
    return re.findall(r'name="fact" value="(\w+)"', page)


async def test_a_fact_that_is_as_it_was_leaves_the_list(
    boss: httpx.AsyncClient, site: Site
) -> None:
    site.clock.forward(days=3)
    site.cast.agent("editor", "钱编辑", Role.EDITOR)
    async with site.browser() as editor:
        await login(editor, "editor")
        before = await facts_shown(editor)
        key = {"kind": "matter", "entry": FOOD, "fact": "whole", "detail": ""}
        answer = await editor.post(f"{ROOT}/check", data={**key, "result": "same"})

        assert answer.status_code == 303
        after = await facts_shown(editor)
    assert before.count("whole") == after.count("whole") + 1


async def test_a_fact_that_changed_waits_on_top_until_the_catalogue_follows(
    boss: httpx.AsyncClient, site: Site
) -> None:
    site.clock.forward(days=3)
    await login(boss, "boss")
    key = {"kind": "matter", "entry": FOOD, "fact": "whole", "detail": ""}

    await boss.post(f"{ROOT}/check", data={**key, "result": "changed", "note": "材料少了一份"})

    page = (await boss.get(ROOT)).text
    assert "等着改目录的" in page
    assert "材料少了一份" in page
    with site.cast.open_unit() as unit:
        checked = [one for one in unit.people.audit() if one.action == "fact_checked"]
    assert [(one.subject, one.detail) for one in checked] == [(f"matter:{FOOD}", "changed whole")]


@pytest.mark.parametrize(
    "changes",
    [{"result": "changed"}, {"result": "maybe"}, {"entry": "no-such-matter"}, {"fact": "colour"}],
)
async def test_a_check_that_says_nothing_is_refused(
    boss: httpx.AsyncClient, site: Site, changes: dict[str, str]
) -> None:
    key = {"kind": "matter", "entry": FOOD, "fact": "whole", "detail": "", "result": "same"}

    answer = await boss.post(f"{ROOT}/check", data={**key, **changes})

    assert answer.status_code == 409
    with site.cast.open_unit() as unit:
        assert not [one for one in unit.people.audit() if one.action == "fact_checked"]
