"""What people write is text everywhere: no page runs it, no spreadsheet computes it."""

import csv
import io
import re

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.documents.case_table import neutral
from bot.services.tickets.business import BusinessSide, blow_whistle
from bot.services.tickets.tickets import Whistle
from tests.casework_factories import calendar, catalogue, rules
from tests.desk.conftest import Site

EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    '<a href="javascript:alert(1)">点我</a>',
    "{{ 7*7 }}{% raw %}",
    "${7*7}<%= 7*7 %>",
    "</textarea><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "\u202e<ScRiPt>alert(1)</sCrIpT>",
]
RUNS = re.compile(
    r"<script|<img src=x|<svg/|<iframe|<a href=\"javascript|onerror=alert\(1\)>", re.IGNORECASE
)
"""None of the desk's own pages holds any of these."""


async def test_no_page_of_the_desk_runs_what_an_applicant_wrote(
    site: Site, browser: httpx.AsyncClient
) -> None:
    who = site.cast.waiting()
    for text in EVIL:
        site.cast.says(who, text)
    side = BusinessSide(site.cast.open_unit, calendar(), rules(), site.clock())
    whistle = Whistle("o", who, f"{EVIL[0]}厂", "13800138000", "371526", "\n".join(EVIL))
    ticket = blow_whistle(side, whistle, catalogue()).ticket

    talk = (await browser.get(f"/desk/api/conversations/{who}")).json()["messages"]
    tickets = (await browser.get("/desk/tickets")).text
    page = (await browser.get(f"/desk/tickets/{ticket.number}")).text

    for shown in (talk, tickets, page):
        assert "alert(1)" in shown, "it is there, as text"
        own = re.sub(r'<script src="/desk/static/[^"]+"[^>]*></script>', "", shown)
        assert RUNS.search(own) is None
    assert "{{ 7*7 }}" in talk


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("=+-@＝＋－＠\t\r\n '\"|!1A(),;甲"), max_size=12))
def test_no_cell_of_a_table_is_a_formula(text: str) -> None:
    cell = neutral(text)
    book, saved, lines = Workbook(write_only=True), io.BytesIO(), io.StringIO()
    book.create_sheet("t").append([cell.replace("\r", " ")])
    book.save(saved)
    csv.writer(lines).writerow([cell])

    read = load_workbook(saved).active["A1"]
    assert read.data_type != "f"
    assert not str(next(csv.reader(io.StringIO(lines.getvalue(), newline="")))[0]).startswith(
        ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
    )
    assert cell in {text, f"'{text}"}, "nothing is lost"
