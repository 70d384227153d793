"""Who may own a conversation after whom."""

from bot.domain.conversations import ALLOWED_OWNERS, Owner


def test_every_owner_has_a_way_on_and_none_leads_to_itself() -> None:
    assert set(ALLOWED_OWNERS) == set(Owner)
    for owner, following in ALLOWED_OWNERS.items():
        assert following
        assert owner not in following


def test_every_owner_leads_back_to_the_bot() -> None:
    reached = {Owner.BOT}
    while True:
        more = {owner for owner, following in ALLOWED_OWNERS.items() if following & reached}
        if more <= reached:
            break
        reached |= more

    assert reached == set(Owner)


def test_a_person_is_never_reached_from_a_closed_conversation_without_the_bot() -> None:
    assert ALLOWED_OWNERS[Owner.CLOSED] == {Owner.BOT}
