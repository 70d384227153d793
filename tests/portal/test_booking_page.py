"""The page of a booking: QR code for the hall, a calendar file that follows changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from icalendar import Calendar
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.documents.qr import qr_data_uri
from bot.domain.bookings import Booking
from bot.portal.booking import routes
from bot.services.bookings.links import link_booking
from tests.desk_server import build_app
from tests.service_factories import NOW, OpenUnit, book, cancel, reschedule, seeded


@dataclass
class BookingSite:
    unit_of_work: OpenUnit
    client: TestClient
    booking: Booking
    path: str


@pytest.fixture
def site(sqlite_engine: Engine, tmp_path: Path) -> Iterator[BookingSite]:
    assert tmp_path
    unit_of_work = seeded(sqlite_engine)
    booking = book(unit_of_work)
    path = link_booking(unit_of_work, booking, NOW)
    app = build_app(sqlite_engine, lambda: NOW)
    with TestClient(Starlette(routes=routes(app))) as client:
        yield BookingSite(unit_of_work, client, booking, path)


def event(site: BookingSite) -> dict[str, object]:
    answer = site.client.get(f"{site.path}/booking.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    (found,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return dict(found)


def test_the_page_shows_time_place_and_the_number_as_a_code(site: BookingSite) -> None:
    page = site.client.get(site.path)
    assert page.status_code == 200
    assert "11月24日（周二）10:00" in page.text
    assert "茌平区政务服务大厅，地址以大厅公布为准" in page.text
    assert qr_data_uri(site.booking.number) in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert "李雷" not in page.text
    assert site.booking.contact_phone not in page.text


@pytest.mark.parametrize("path", ["/bookings/x", "/bookings/x/booking.ics"])
def test_an_unknown_link_is_said_so(site: BookingSite, path: str) -> None:
    answer = site.client.get(path)
    assert answer.status_code == 404
    assert "没有找到这个预约" in answer.text


def test_a_moved_booking_moves_its_event_and_a_cancelled_one_takes_it_away(
    site: BookingSite,
) -> None:
    before = event(site)
    moved = reschedule(site.unit_of_work, site.booking, now=NOW.replace(minute=45))
    after = event(site)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CONFIRMED")
    assert int(str(after["SEQUENCE"])) > int(str(before["SEQUENCE"]))
    cancel(site.unit_of_work, moved, now=NOW.replace(minute=50))
    assert event(site)["STATUS"] == "CANCELLED"
    assert "已取消" in site.client.get(site.path).text
