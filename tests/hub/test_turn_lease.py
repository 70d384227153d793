"""How long the turn of a hub that died waits for another is a setting."""

from datetime import timedelta

import pytest

from bot.hub.hub import turn_lease
from bot.services.turns import LEASE
from bot.settings import BadSetting, Settings


def test_unset_it_is_what_the_use_case_takes_by_default() -> None:
    assert turn_lease(Settings()) == LEASE


def test_it_is_as_long_as_the_setting_says() -> None:
    assert turn_lease(Settings(turn_lease_s=1.5)) == timedelta(seconds=1.5)


@pytest.mark.parametrize("seconds", [0.0, 0.9, -15.0])
def test_a_hub_that_could_not_say_in_time_that_it_lives_does_not_start(seconds: float) -> None:
    with pytest.raises(BadSetting, match="XIAOER_TURN_LEASE_S"):
        turn_lease(Settings(turn_lease_s=seconds))
