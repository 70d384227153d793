"""The second factor: codes of an authenticator (TOTP) and recovery codes."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyotp

from bot.domain.people import (
    Agent,
    AuditEntry,
    LoginLocked,
    NoSecondFactor,
    SessionExpired,
    Way,
    WrongCode,
)
from bot.services.accounts.accounts import Login, digest, open_session
from bot.services.ports import OpenUnitOfWork, UnitOfWork

ISSUER = "小二工作台"
"""Shown by the authenticator above the code."""

STEP_S = 30
"""Seconds that a code holds. Source: RFC 6238, 5.2."""

DRIFT_STEPS = 1
"""Steps by which the clock of a telephone may be off, either way. Source: RFC 6238, 5.2."""

RECOVERY_CODES = 10
RECOVERY_BYTES = 10
"""80 random bits a code: too many to guess, so that a plain hash is enough."""


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator needs; shown once, while the second factor is set up."""

    secret: str
    address: str


def begin_enrolment(unit_of_work: OpenUnitOfWork, *, agent: Agent, now: datetime) -> Enrolment:
    """Make a secret that waits to be confirmed; one that waits already is shown again.

    Raises:
        NoSecondFactor: There is a confirmed one; it has to be taken off first.
    """
    with unit_of_work() as unit:
        found = unit.second_factors.find(agent.id)
        if found is not None and found.confirmed_at is not None:
            raise NoSecondFactor
        secret = pyotp.random_base32() if found is None else found.secret
        if found is None:
            unit.second_factors.begin(agent.id, secret, now)
    address = pyotp.TOTP(secret).provisioning_uri(name=agent.login, issuer_name=ISSUER)
    return Enrolment(secret, address)


def confirm_enrolment(
    unit_of_work: OpenUnitOfWork, *, agent: Agent, code: str, now: datetime
) -> tuple[str, ...]:
    """Switch the second factor on with its first code; returns the recovery codes, once.

    Raises:
        NoSecondFactor: None waits to be confirmed.
        WrongCode: The code does not fit.
        LoginLocked: Too many wrong codes.
    """
    _count(unit_of_work, agent, now)
    with unit_of_work() as unit:
        found = unit.second_factors.find(agent.id)
        if found is None or found.confirmed_at is not None:
            raise NoSecondFactor
        if not _use_code(unit, agent, found.secret, code, now):
            raise WrongCode
        unit.second_factors.confirm(agent.id, now)
        codes = _new_codes(unit, agent)
        unit.people.clear_attempts(_attempts_of(agent))
        unit.people.add_audit(AuditEntry(now, agent.id, "second_factor_on", f"agent:{agent.id}"))
    return codes


def renew_recovery_codes(
    unit_of_work: OpenUnitOfWork, *, agent: Agent, now: datetime
) -> tuple[str, ...]:
    """Replace the recovery codes; the old ones open nothing any more.

    Raises:
        NoSecondFactor: The account has none.
    """
    with unit_of_work() as unit:
        found = unit.second_factors.find(agent.id)
        if found is None or found.confirmed_at is None:
            raise NoSecondFactor
        codes = _new_codes(unit, agent)
        unit.people.add_audit(AuditEntry(now, agent.id, "recovery_codes_renewed"))
    return codes


def remove_second_factor(
    unit_of_work: OpenUnitOfWork, *, agent_id: int, by: int | None, now: datetime
) -> None:
    """Take the second factor off, as its owner or for somebody who lost the telephone.

    Raises:
        NoSecondFactor: The account has none.
    """
    with unit_of_work() as unit:
        if unit.second_factors.find(agent_id) is None:
            raise NoSecondFactor
        unit.second_factors.remove(agent_id)
        unit.people.add_audit(AuditEntry(now, by, "second_factor_off", f"agent:{agent_id}"))


def enter_code(
    unit_of_work: OpenUnitOfWork, *, token: str, code: str, now: datetime, device: str = ""
) -> Login:
    """Finish a login with the code of the authenticator or a recovery code.

    The session that waited ends and a new one begins: a token known before the code is worth
    nothing after it.

    Raises:
        SessionExpired: No login waits for a code, or not any more.
        WrongCode: Wrong, too old, or used before.
        LoginLocked: Too many wrong codes.
    """
    token_hash = digest(token)
    with unit_of_work() as unit:
        session = unit.people.session(token_hash)
        if session is None or not session.is_valid(now) or not session.is_code_due:
            raise SessionExpired
        agent = unit.people.agent(session.agent_id)
    if not agent.is_active:
        raise SessionExpired
    _count(unit_of_work, agent, now)
    with unit_of_work() as unit:
        found = unit.second_factors.find(agent.id)
        is_right = found is not None and _use_code(unit, agent, found.secret, code, now)
        is_recovery = not is_right and unit.second_factors.use_recovery_code(
            agent.id, _recovery_hash(code), now
        )
        if not (is_right or is_recovery):
            unit.people.add_audit(AuditEntry(now, agent.id, "code_failed"))
        else:
            if is_recovery:
                unit.people.add_audit(AuditEntry(now, agent.id, "recovery_code_used"))
            unit.people.clear_attempts(_attempts_of(agent))
            unit.people.revoke_session(token_hash, now=now)
            opened = open_session(unit, agent, now=now, device=device, way=Way.PASSWORD)
    if not (is_right or is_recovery):  # only now: an exception inside would undo the entry
        raise WrongCode
    return Login(agent, opened)


def steps_that_fit(secret: str, code: str, now: datetime) -> Sequence[int]:
    """Return the steps around `now` whose code this is; compares in constant time."""
    totp = pyotp.TOTP(secret, interval=STEP_S)
    present = int(now.timestamp()) // STEP_S
    typed = "".join(code.split())
    return [
        step
        for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1)
        if secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode())
    ]


def _use_code(unit: UnitOfWork, agent: Agent, secret: str, code: str, now: datetime) -> bool:
    fitting = steps_that_fit(secret, code, now)
    return bool(fitting) and unit.second_factors.use_step(agent.id, fitting[-1])


def _count(unit_of_work: OpenUnitOfWork, agent: Agent, now: datetime) -> None:
    """Count an attempt before the code is looked at, as with passwords."""
    with unit_of_work() as unit:
        locked_until = unit.people.count_attempt(_attempts_of(agent), now=now)
    if locked_until is not None:
        raise LoginLocked(locked_until)


def _attempts_of(agent: Agent) -> str:
    return digest(f"second factor of {agent.id}")


def _new_codes(unit: UnitOfWork, agent: Agent) -> tuple[str, ...]:
    codes = tuple(_random_code() for _ in range(RECOVERY_CODES))
    unit.second_factors.set_recovery_codes(agent.id, [_recovery_hash(code) for code in codes])
    return codes


def _random_code() -> str:
    text = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _recovery_hash(code: str) -> str:
    return digest("recovery " + "".join(sign for sign in code.lower() if sign.isalnum()))
