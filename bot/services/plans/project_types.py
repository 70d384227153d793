"""Which of the nine project types a project is; `Lookup` finds it in people's own words."""

from collections.abc import Container, Iterator, Mapping

from bot.domain.conditions import Answer, evaluate, names, parse

CHOICES: Mapping[str, tuple[str, ...]] = {
    "works": ("新建", "装修改造"),
    "investor": ("社会投资", "政府投资"),
    "government_works": ("房屋建筑", "市政基础设施"),
    "needs_verification": (),
    "is_small_low_risk": (),
    "use": ("工业", "民用"),
    "land": ("一般出让", "带方案出让", "标准地拿地即开工"),
}
"""Names of the choosing questions and their options (none: yes or no), in the order to ask."""

SMALL_LOW_RISK = "is_small_low_risk"
TOTAL_AREA, HAZARD = "total_area_m2", "has_hazard"
HEIGHT, SINGLE_STOREY = "height_m", "is_single_storey"
SIZES = (
    *(TOTAL_AREA, HAZARD, HEIGHT, "underground_m2", "underground_floors"),
    *("floors", SINGLE_STOREY),
)
"""Facts about size and danger, which rule project types out; only the first two are asked."""

TYPE_RULES = (
    ("soc-renovation", "works == '装修改造'"),
    ("gov-building", "investor == '政府投资' and government_works == '房屋建筑'"),
    ("gov-municipal", "investor == '政府投资' and government_works == '市政基础设施'"),
    ("soc-approved", "needs_verification"),
    ("soc-small-lowrisk", "is_small_low_risk"),
    ("soc-with-plan", "land == '带方案出让'"),
    ("land-then-start", "use == '工业' and land == '标准地拿地即开工'"),
    ("soc-industrial", "use == '工业'"),
    ("soc-civil", "use == '民用'"),
)
"""The project types in the order of decision; the first that holds is taken.

Source: `applies_when` and `excludes` of the project types in the catalogue.
"""


def is_told_small(facts: Mapping[str, Answer]) -> bool:
    """Tell whether the sizes that decide on the small low-risk class are told, and no danger is.

    Whether they keep its limits is told by the contradictions of the catalogue; a height is not
    needed of a single storey, and what lies below ground only where somebody speaks of it.
    """
    is_low = HEIGHT in facts or facts.get(SINGLE_STOREY) is True
    return TOTAL_AREA in facts and facts.get(HAZARD) is False and is_low


def choose_type(answers: Mapping[str, Answer]) -> str | None:
    """Return the id of the project type, None while the answers leave it open."""
    for type_id, rule in TYPE_RULES:
        decided = evaluate(parse(rule), answers)
        if decided:
            return type_id
        if decided is None:
            return None
    return None


def possible_types(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the ids of the project types that the answers leave open, in the order of decision."""
    found: list[str] = []
    for type_id, rule in TYPE_RULES:
        decided = evaluate(parse(rule), answers)
        if decided is not False:
            found.append(type_id)
        if decided:
            break
    return tuple(found)


def choosing_questions(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """Return the names of the questions of the first rule still open, in the order to ask.

    Only these decide next; later ones may become needless. Empty when the type is known.
    """
    for _, rule in TYPE_RULES:
        condition = parse(rule)
        decided = evaluate(condition, answers)
        if decided:
            return ()
        if decided is None:
            needed = names(condition)
            return tuple(n for n in CHOICES if n in needed and n not in answers)
    return ()


def sizes_before(facts: Mapping[str, Answer], known: Container[str]) -> Iterator[str]:
    """Yield the sizes to ask before the question whether a project is small and of low risk.

    Args:
        facts: Sizes given so far.
        known: Ids that were answered or skipped; who does not know the area is asked no more.
    """
    if TOTAL_AREA not in known:
        yield TOTAL_AREA
    elif TOTAL_AREA in facts and HAZARD not in known:
        yield HAZARD
