"""Questions for what becomes of a ticket."""

import pytest

from bot.services.words.ticket import asks_who_sees_to_it


@pytest.mark.parametrize("text", ["这个投诉谁来管", "多久能有人理我", "啥时候答复", "然后呢"])
def test_a_question_for_the_way_of_a_ticket_is_recognised(text: str) -> None:
    assert asks_who_sees_to_it(text)


@pytest.mark.parametrize("text", ["营业执照几天能下来", "谁能办营业执照", "第二步是啥"])
def test_a_question_about_a_matter_is_none(text: str) -> None:
    assert not asks_who_sees_to_it(text)
