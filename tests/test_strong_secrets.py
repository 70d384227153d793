import secrets
from dataclasses import replace

import pytest

from bot.settings import Settings
from bot.strong_secrets import SHORTEST, WeakSecret, require_strong

STRONG = "Zr8kQ2mN5vT1xY7pL4wB9cD6fG3hJ0sA"
PRODUCTION = Settings(
    secure_cookies=True, audit_key=STRONG, secret_key=STRONG, data_keys=f"k1:{STRONG}"
)


def test_a_first_run_on_this_machine_needs_no_secrets() -> None:
    require_strong(Settings())
    require_strong(PRODUCTION)


@pytest.mark.parametrize("missing", ["data_keys", "audit_key", "secret_key"])
def test_production_does_not_start_without_its_keys(missing: str) -> None:
    for settings in (PRODUCTION, replace(PRODUCTION, secure_cookies=False, public_url="https://x")):
        with pytest.raises(WeakSecret, match=f"XIAOER_{missing.upper()}"):
            require_strong(replace(settings, **{missing: " "}))


@pytest.mark.parametrize("name", sorted(SHORTEST))
@pytest.mark.parametrize("weak", ["short", "a" * 40, "changeme-" + STRONG, f"{STRONG},kurz"])
def test_a_weak_secret_stops_the_start_and_is_not_shown(name: str, weak: str) -> None:
    with pytest.raises(WeakSecret, match=f"XIAOER_{name.upper()}") as refused:
        require_strong(replace(Settings(), **{name: weak}))
    assert weak not in str(refused.value)


def test_random_secrets_are_strong() -> None:
    for _ in range(200):
        require_strong(replace(Settings(), audit_key=secrets.token_urlsafe(32)))
