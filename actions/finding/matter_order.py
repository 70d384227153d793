"""Which matters come before and after others, by what the catalogue says they depend on."""

from actions import app
from bot.domain.matters import Matter


def names_after(matter: Matter) -> list[str]:
    """Return the names of the matters that need one."""
    known = app().catalogue.matters.values()
    return [one.name for one in known if matter.id in one.depends_on]


def ordered(one: Matter, other: Matter) -> tuple[Matter, Matter] | None:
    """Return two matters with the one first that the other needs; None where neither does."""
    pairs = ((one, other), (other, one))
    return next(((a, b) for a, b in pairs if a.id in _before(b)), None)


def _before(matter: Matter) -> set[str]:
    """Return the ids of all matters that must come before one; O(matters + edges)."""
    known, found = app().catalogue.matters, set[str]()
    waiting = [matter]
    while waiting:
        one = waiting.pop()
        any_of = {name for group in one.depends_on_any for name in group}
        names = {
            *one.depends_on,
            *any_of,
            *(other.matter_id for other in one.depends_on_if),
        } - found
        found |= names
        waiting += [known[name] for name in names if name in known]
    return found
