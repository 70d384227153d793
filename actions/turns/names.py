"""Resolves what people call things; the one place where actions touch the lookup service."""

import re
from collections.abc import Iterable, Sequence

from actions import app
from actions.turns.buttons import choice_button, either
from actions.turns.forms_named import enterprise_type_in, find_enterprise_type
from bot.domain.matters import Matter
from bot.domain.places import EnterpriseType
from bot.domain.policies import Policy
from bot.services.finding.matter_resolver import Outcome
from bot.services.words.asked import happens_afterwards
from bot.services.words.business import ends_as_usual, pauses
from bot.services.words.matter_remarks import asks_to_found, asks_whether_needed, names_registration

LIKELY, FAR_BEHIND = 0.3, 0.65
"""How well a matter must fit, and what share of it the next one may reach, to be answered first."""

CLEAR_SCORE = 0.6
"""A matter that fits this well is meant though its name does not stand in the text."""

ANOTHER = 0.37
"""How well a matter must fit a question in which none is named, to be meant instead of the last."""

KINDS = frozenset({"备案", "登记", "许可", "许可证"})
"""What is marked as a name and says no more than the kind of a matter."""

LONG_STORY = 14
"""Characters from which a sentence tells a situation, whatever was talked about before it."""

LONGEST_REST = 8
"""Characters behind a marked name that may belong to a longer name."""

BEFORE = (2, 3, 4)
"""Characters before a marked name that may belong to it."""

LONG_NAME = 5
"""Signs of a name that means the one matter in whose title it stands."""

SHORTEST_BEGINNING = 4
"""Characters from which the beginning of a name means the matter."""

FOUNDED = frozenset({"licence", "startup"})
"""Categories of what may be asked of the licence of a business itself."""

AFTERWARDS = frozenset({"change", "exit"})
"""Categories of what happens to a licence that one has: 营业执照丢了 is not about a new one."""

COMPANY = "company"
"""Id of the form that most people mean by 公司."""

ENDS = "exit"
"""Category of what ends a business; some is for one form of enterprise only."""

PAUSE, USUAL_END = "suspend-biz", "exit-normal"
"""Matter by which a business pauses."""

_REFERS_BACK = re.compile("那|这|它|还|另外")
_THAT_ONE = re.compile("(那|这)(个|一个|件|项|事|件事)?(儿|吧|的事)?$")

_TAKES_UP = re.compile(
    r"(?:(?:接着|继续|还是|回来|再)(?:说|问|聊|讲)|回到)(?:说|一下|下|那个?|刚才的?|前面的?)*"
    r"(?P<name>[^，,。\s]{2,10})"
)
_EARLIER_ONE = re.compile(
    r"(?:前头|前面|刚才|先前|头里|上面|开头|最开始|一开始)(?:说|问|讲)?的?那个?"
    r"(?P<name>[^，,。\s都要得交几多咋怎什啥]{2,8})"
)


def find_matters(text: str | None) -> list[Matter]:
    """Return the one matter that the text means, or those it may mean, best first; may be empty."""
    made = app().matter_resolver.resolve(text or "")
    return [app().catalogue.matter(candidate.matter_id) for candidate in made.candidates]


def sure_matter(text: str | None) -> Matter | None:
    """Return the matter when the text names one, or tells a situation that needs one, for sure."""
    held = _holding(text or "")
    if held is not None:
        return held
    made = app().matter_resolver.resolve(text or "")
    if made.outcome is not Outcome.SURE:
        return None
    return app().catalogue.matter(made.candidates[0].matter_id)


def named_matter(text: str | None) -> Matter | None:
    """Return the matter when the text as a whole is its name."""
    return sure_matter(text) if text and app().matter_resolver.is_name(text) else None


def meant_matter(name: str | None, text: str) -> Matter | None:
    """Return the matter that a name means within its sentence."""
    if pauses(text) or ends_as_usual(text):
        return app().catalogue.matters.get(PAUSE if pauses(text) else USUAL_END)
    whole = sure_matter(text)
    if name and whole is not None and whole.category in AFTERWARDS:
        return whole
    ending = _ending_told(name, text)
    if ending is not None:
        return ending
    after = afterwards(name, text)
    if after is not None:
        return after
    longer = (_named_longer(name, text) or _named_before(name, text)) if name else None
    if longer is not None:
        return longer
    # 外资公司设立登记: the marked 设立登记 alone could be many, but stands in the name of this one
    # and 规划证 on a village's land is short for the 规划许可证 that the text tells of
    is_part = name and whole and any(_is_short_for(name, known) for known in _names_of(whole))
    is_other = whole is not None and is_founding(name or "") and whole.category not in FOUNDED
    # 带包装的零食是办许可还是备案; 执照下来几天内得去税务报到
    is_clear = whole is not None and (is_part or is_other or name in KINDS)
    if is_clear and app().matter_resolver.rank(text, 1)[0].score >= CLEAR_SCORE:
        return whole  # 员工走了社保怎么停: a matter of its own, beside 社保
    return sure_matter(name) or (whole if is_part else None) or _begun_by(name)


def _ending_told(name: str | None, text: str) -> Matter | None:
    """Return the end that a text tells of where its name is that of another one, or None.

    "注销公司清算的时候多少天内得公告债权人" is not about the simple one.
    """
    named = sure_matter(name) if name else None
    best = app().matter_resolver.rank(text, 1)
    if named is None or named.category != ENDS or not best or best[0].score < CLEAR_SCORE:
        return None
    told = app().catalogue.matter(best[0].matter_id)
    return told if told.category == ENDS and told.id != named.id else None


def _is_short_for(name: str, known: str) -> bool:
    return name in known or name in known.replace("许可证", "证")


def _holding(name: str) -> Matter | None:
    """Return the one matter in whose title a long name stands: 消防验收备案 is no 消防验收."""
    known = app().catalogue.matters.values()
    held = [one for one in known if name in one.name] if len(name) >= LONG_NAME else []
    is_name = any(name in one.aliases for one in known)
    return held[0] if len(held) == 1 and not is_name else None


TELLS, CHANGED = 4, 0.35
"""Signs beside the name, and the fit of a matter, that tell a change without a word of one."""


def afterwards(name: str | None, text: str) -> Matter | None:
    """Return the matter by which a licence that one has is renewed, changed or replaced.

    食品经营许可证到期了咋整 does not ask how a first one is got. None: there is no such matter.
    """
    if not name:
        return None
    if not happens_afterwards(text):
        return _changed(text) if is_founding(name) and len(text) >= len(name) + TELLS else None
    if is_founding(name):  # 执照上换成他的名: what is done to a licence one has
        whole = [m for m in find_matters(text) if m.category in AFTERWARDS]
        return whole[0] if whole else None
    found = find_matters(name)
    if found and app().matter_resolver.is_foreign(name, found[0]):
        return None  # 印刷许可证到期了咋办
    stems = {stem for m in found if len(stem := m.name.partition("（")[0]) >= SHORTEST_BEGINNING}
    known = [m for m in app().catalogue.matters.values() if m.category in AFTERWARDS]
    later = [m for m in known if m in found or any(stem in m.name for stem in stems)]
    return later[0] if len(later) == 1 else None


def _changed(text: str) -> Matter | None:
    """Return what is done to the licence of a business that a whole text tells of, or None.

    "那个饭店的营业执照叫孩子撕了" has no word of a change, and asks for no first licence.
    """
    best = next(iter(app().matter_resolver.rank(text, 1)), None)
    if best is None or best.score < CHANGED:
        return None
    matter = app().catalogue.matter(best.matter_id)
    return matter if matter.category in AFTERWARDS else None


def is_founding(name: str) -> bool:
    """Tell whether a name means the licence of a business itself: 执照."""
    return name.endswith("照")


def _names_of(matter: Matter) -> tuple[str, ...]:
    return (matter.name, *matter.aliases)


def _named_longer(name: str, text: str) -> Matter | None:
    """Return the one matter in whose name more of the text stands than was marked.

    消防验收 is marked in "消防验收备案要啥材料", which is another matter.
    """
    at = text.find(name)
    if at < 0:
        return None
    longest, shortest = min(len(text), at + len(name) + LONGEST_REST), at + len(name) + 2
    if longest < shortest:
        return None
    near = _with_name(text[at:shortest], app().catalogue.matters.values())
    for end in range(longest, shortest - 1, -1) if near else ():
        hits = _with_name(text[at:end], near)
        if hits:
            return hits[0] if len(hits) == 1 else None
    return None


def _named_before(name: str, text: str) -> Matter | None:
    """Return the matter whose name begins before what was marked: 规划证 in 乡村规划证."""
    at = text.find(name)
    other = sure_matter(name)
    for size in BEFORE if at > 0 else ():
        word = text[max(0, at - size) : at]
        longer, told = sure_matter(word + name), word.removesuffix("的")  # 普通的注销
        is_told = longer is not None and any(told in known for known in _names_of(longer))
        is_new = other is None or not any(told in known for known in _names_of(other))
        if len(word) == size and is_told and is_new:
            return longer
    return None


def _with_name(piece: str, matters: Iterable[Matter]) -> list[Matter]:
    """Return the matters in one of whose names a piece of text stands."""
    return [matter for matter in matters if any(piece in known for known in _names_of(matter))]


def _begun_by(name: str | None) -> Matter | None:
    """Return the one matter whose name begins with these words: 公司设立 is no 分公司设立."""
    if not name or len(name) < SHORTEST_BEGINNING:
        return None
    matters = app().catalogue.matters.values()
    hits = [m for m in matters if any(known.startswith(name) for known in _names_of(m))]
    return hits[0] if len(hits) == 1 else None


def registration_of(matter: Matter | None, form: str | None, text: str) -> Matter | None:
    """Return the registration of the form of enterprise that is named, else the matter itself.

    营业执照 alone is a company's; 个体户怎么办理营业执照 is about another registration.
    """
    kind = find_enterprise_type(form) or enterprise_type_in(text)
    if matter is not None and matter.category == ENDS:
        return ending_of(matter, kind)
    forms = app().catalogue.enterprise_types.values()
    is_registered = asks_to_found(text) or names_registration(text)
    if matter is None and kind is not None and is_registered:
        return app().catalogue.matter(kind.matter_id)
    if matter is None or kind is None or matter.id not in {form.matter_id for form in forms}:
        return matter
    return app().catalogue.matter(kind.matter_id)


def ending_of(matter: Matter, kind: EnterpriseType | None) -> Matter:
    """Return how a business of this form ends, where that has a matter of its own."""
    if kind is None or matter.category != ENDS:
        return matter
    known = app().catalogue.matters.values()
    same = [one for one in known if one.stage == matter.stage]
    return next((one for one in same if is_of_form(one, kind)), matter)


def endings_of(matter: Matter, kind: EnterpriseType | None) -> list[Matter]:
    """Return how a business of this form may end, of a matter that ends one of another form.

    The matter itself where that is no end, or one of this form as well.
    """
    if not is_of_another_form(matter, kind):
        return [matter]
    known = app().catalogue.matters.values()
    same = [one for one in known if one.stage == matter.stage]
    return [one for one in same if not is_of_another_form(one, kind)] or [matter]


def is_of_another_form(matter: Matter, kind: EnterpriseType | None) -> bool:
    """Tell whether a business of this form never ends by this matter: 个体户 has one of its own."""
    if kind is None or matter.category != ENDS:
        return False
    forms = app().catalogue.enterprise_types.values()
    is_others = any(is_of_form(matter, form) for form in forms if form is not kind)
    return is_others or ending_of(matter, kind) is not matter


def is_of_form(matter: Matter, kind: EnterpriseType | None) -> bool:
    """Tell whether a matter is for this form of enterprise only."""
    return kind is not None and matter.applicants == (kind.name,)


def matter_in(text: str) -> Matter | None:
    """Return the matter that stands in a sentence by name, or that its whole situation needs."""
    if pauses(text):
        return app().catalogue.matters.get(PAUSE)
    found = sure_matter(text)
    is_story = len(text) >= LONG_STORY and not _REFERS_BACK.match(text)
    if found is None or is_story:
        return found
    resolver = app().matter_resolver
    if resolver.rank(text, 1)[0].score >= CLEAR_SCORE or resolver.told(text) == found.id:
        return found  # 那减到200万，要公告多长时间
    is_needed = asks_whether_needed(text) and resolver.is_pointed_at(found, text)
    return found if is_needed or any(name in text for name in _names_of(found)) else None


def taken_up(text: str, spoken: Sequence[str] = ()) -> Matter | None:
    """Return the matter that somebody comes back to before asking: 接着说天然气，要钱不.

    前头那个备案都交啥 is about the last one before that bears the name.

    Args:
        text: What is said.
        spoken: Ids of the matters answered for before; 回到消防那个 means the last such one.
    """
    found = _TAKES_UP.search(text) or _EARLIER_ONE.match(text)
    if found is None:
        return None
    name = _THAT_ONE.sub("", found["name"])
    sure = sure_matter(name)
    known = app().catalogue.matters
    before = [known[one] for one in reversed(spoken) if one in known]
    named = (one for one in before if any(name in called for called in (one.name, *one.aliases)))
    return sure or next(named, None)


def likely_first(text: str) -> bool:
    """Tell whether the first of the matters that a text may mean is far likelier than the rest."""
    ranked = app().matter_resolver.rank(text, 2)
    if len(ranked) < 2:  # noqa: PLR2004 - two are compared
        return False
    first, second = ranked[0].score, ranked[1].score
    return first >= LIKELY and second <= first * FAR_BEHIND


def speaks_of_matter(text: str) -> bool:
    """Tell whether a sentence brings up a matter, not only a question about the one before."""
    is_story = len(text) >= LONG_STORY and not _REFERS_BACK.match(text)
    return matter_in(text) is not None or (is_story and bool(find_matters(text)))


def matter_buttons(slot: str, matters: Sequence[Matter]) -> list[dict[str, str]]:
    """Return buttons that name what tells the matters apart, in plain words."""
    label = app().matter_resolver.label
    return [choice_button(slot, matter.id, label(matter)) for matter in matters]


def matter_choices(matters: Sequence[Matter]) -> str:
    """Return what tells the matters apart as part of a question: “甲”还是“乙”."""
    return either([app().matter_resolver.label(matter) for matter in matters])


def find_policies(text: str | None, limit: int = 5) -> list[Policy]:
    """Return the policies on the topic of the text, best first."""
    found = app().lookup.find_policies(text, limit) if text else []
    return [app().catalogue.policy(match.entry_id) for match in found]
