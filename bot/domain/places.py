"""Where and by whom: the city's divisions, departments, enterprise types and industries."""

from dataclasses import dataclass
from enum import Enum

from bot.domain.conditions import Condition
from bot.domain.facts import Provenance


@dataclass(frozen=True)
class Town:
    """A town or street office; `code` is the nine-digit statistical code."""

    code: str
    name: str


@dataclass(frozen=True)
class Division:
    """A county, district or county-level city.

    Attributes:
        id: Six-digit code (GB/T 2260).
        name: Official name.
        aliases: Short and colloquial names.
        towns: Its towns and street offices.
        provenance: Origin.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    towns: tuple[Town, ...]
    provenance: Provenance


@dataclass(frozen=True)
class FunctionZone:
    """A functional zone (开发区, 高新区, 度假区); it has no code of its own.

    Attributes:
        id: Stable id such as `lc-etdz`.
        name: Official name.
        aliases: Short and colloquial names.
        town_codes: Towns that it is said to administer; not certain, see `note`.
        note: What is not certain.
        provenance: Origin.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    town_codes: tuple[str, ...]
    note: str
    provenance: Provenance


District = Division | FunctionZone
"""What an applicant means by 地区: a division or a functional zone."""


@dataclass(frozen=True)
class City:
    """The prefecture-level city that the catalogue serves."""

    code: str
    name: str


@dataclass(frozen=True)
class Department:
    """A department that handles matters; whistles are routed to it.

    Attributes:
        id: Stable id such as `approval`.
        name: Name shown to people.
        aliases: Other names.
        remit: What it handles, in words.
        provenance: Origin.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    remit: str
    provenance: Provenance


@dataclass(frozen=True)
class FormTrait:
    """What is special about a form in one aspect (责任, 人数, 出资, 税)."""

    aspect: str
    text: str
    provenance: Provenance


class ReasonKind(Enum):
    """What a reason says about a form."""

    RULES_OUT = "rules_out"
    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True)
class FormReason:
    """A reason for or against a form.

    Attributes:
        kind: Whether it rules the form out, speaks for it or against it.
        text: As applicants read it.
        when: Holds for these answers only; None means always.
        weight: How much it counts beside the others.
        provenance: Origin.
    """

    kind: ReasonKind
    text: str
    when: Condition | None
    weight: float
    provenance: Provenance


@dataclass(frozen=True)
class EnterpriseType:
    """A form in which people do business.

    Attributes:
        id: Stable id: `company individual branch partnership sole coop`.
        name: Official name.
        aliases: Short and colloquial names.
        matter_id: The matter that registers it.
        answer: The option of the question `entity` that means this type.
        provenance: Origin.
        traits: What sets it off from the others.
        reasons: What speaks for it, against it, or rules it out.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    matter_id: str
    answer: str
    provenance: Provenance
    traits: tuple[FormTrait, ...] = ()
    reasons: tuple[FormReason, ...] = ()


@dataclass(frozen=True)
class Industry:
    """A class of GB/T 4754-2017.

    Attributes:
        code: Section letter and four digits, such as `H6210`.
        name: Name of the class.
        aliases: What people say.
        one_thing_id: The bundle for this trade, or None.
        provenance: Origin of code and name.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    one_thing_id: str | None
    provenance: Provenance
