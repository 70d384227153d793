"""The line between the hub and Rasa breaks in odd ways: it is always "that part is down"."""

from collections.abc import Iterator

import pytest

from bot.hub.rasa_client import PartDown, RasaClient
from tests.fake_rasa import TOKEN, FakeRasa, fake_rasa
from tests.faults.proxy import Proxy

TRIES = 25


@pytest.fixture
def rasa() -> Iterator[FakeRasa]:
    with fake_rasa() as fake:
        yield fake


@pytest.fixture
def line(rasa: FakeRasa) -> Iterator[Proxy]:
    made = Proxy(rasa.server.port)
    yield made
    made.close()


def client(line: Proxy, timeout_s: float = 60.0) -> RasaClient:
    url = f"http://127.0.0.1:{line.port}"
    return RasaClient(
        rasa_url=url, rasa_token=TOKEN, actions_url=f"{url}/actions", turn_timeout_s=timeout_s
    )


async def test_a_line_that_is_reset_as_soon_as_it_is_made_means_that_rasa_is_down(
    line: Proxy,
) -> None:
    hub = client(line)
    line.cut(is_cut=True)
    for _try in range(TRIES):
        with pytest.raises(PartDown):
            await hub.ask("c1", "在吗", "1")
        assert not (await hub.status()).is_up
        assert not await hub.actions_up(fresh=True)
    line.cut(is_cut=False)

    assert (await hub.ask("c1", "在吗", "2")).replies
    await hub.close()


async def test_a_line_that_is_taken_and_never_answered_ends_with_the_time_of_a_turn(
    line: Proxy,
) -> None:
    hub = client(line, timeout_s=0.5)
    line.stall(is_stalled=True)
    with pytest.raises(PartDown):
        await hub.ask("c1", "在吗", "1")
    line.reset()
    line.stall(is_stalled=False)

    patient = client(line)
    assert (await patient.ask("c1", "在吗", "2")).replies
    await patient.close()
    await hub.close()
