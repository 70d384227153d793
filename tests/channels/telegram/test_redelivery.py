"""However often, late and side by side updates come, the conversation is that of one delivery."""

import random
import threading
from typing import Any

import pytest

from tests.channels.telegram.conftest import Site

WORDS = ("一", "二", "三")


@pytest.mark.parametrize("seed", range(8))
def test_any_redelivery_ends_in_the_transcript_of_one_delivery(site: Site, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - which update comes again is no secret
    person = site.person()
    updates = [person.message(text=word) for word in WORDS]
    for number, update in enumerate(updates):
        earlier = dice.sample(updates[:number], k=dice.randint(0, number))
        calls = [update] * dice.randint(1, 6) + earlier
        _deliver(site, calls, side_by_side=bool(seed % 2))

    site.api.wait(lambda: len(person.texts) >= len(WORDS))
    person.say("完了")
    site.api.wait(lambda: person.texts[-1] == "听到：完了")

    assert site.said(person) == [*WORDS, "完了"]
    assert person.texts == [f"听到：{word}" for word in (*WORDS, "完了")]


def _deliver(site: Site, calls: list[dict[str, Any]], *, side_by_side: bool) -> None:
    """Deliver all; each must be answered with 200."""
    if not side_by_side:
        for call in calls:
            site.deliver(call)
        return
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda one=call: answers.append(site.post(one).status_code))  # type: ignore[misc]
        for call in calls
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * len(calls)
