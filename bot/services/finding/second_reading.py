"""Finds the question of the catalogue that a message may ask besides what it was answered with.

Whatever reads a message first chooses one meaning, and now and then not the one that was meant,
though the question that was meant fits best of all. How likely that is depends on how well it fits,
on where the message is said and on what was answered: a logistic regression, whose weights
`tools/second_reading.py` learns from dialogues with what each answer had to say (ADR 0048).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.catalogue import Catalogue
from bot.services.finding.matter_faqs import asks_validity
from bot.services.finding.matter_resolver import MatterResolver
from bot.services.finding.question_finder import Asked, QuestionFinder
from bot.services.words.any_matter import point_asked
from bot.services.words.follow_up import asks_renewal, asks_the_same
from bot.services.words.matter_remarks import asks, asks_consequence, asks_penalty
from bot.services.words.remarks import clauses

LEAST_OWN, LEAST_MATTER = 0.12, 0.1
"""How well a question and a matter must fit to be looked at."""

MATTERS = 12
"""Matters that are looked at for a text, besides those that are talked about."""

TEXTS = 6
"""Parts of a message that are looked at."""

MOST = 6
"""Questions that are weighed, those that fit best together with their matter."""

TOLD = 0.25
"""How well a matter must fit that was not talked about, where another one was."""

BEST = 0.45
"""How well a question must fit, best of all that can be asked, whatever was talked about."""

FAR, FAR_BUT_ASKED = 0.1, 0.6
"""How badly a matter fits that nothing points to, and how well its question must fit then: of 24
such that were said three were meant."""

SPOKEN = 0.3
"""How much it counts for that order that a matter is talked about."""

JOINED = 20
"""Signs of a text that may go on with the one before it."""

LONG = 40

GROUPS: Mapping[str, frozenset[str]] = {
    "plain": frozenset({"ask_fee", "ask_materials", "ask_place", "ask_time_limit"}),
    "whether": frozenset({"ask_eligibility"}),
    "how": frozenset({"ask_procedure"}),
    "refused": frozenset({"chitchat", "nlu_fallback", "out_of_scope"}),
    "begins": frozenset({"plan_project", "start_business"}),
    "tells": frozenset({"blow_whistle", "complain", "suggest"}),
    "answers": frozenset({"affirm", "deny", "inform"}),
    "benefits": frozenset({"apply_policy", "match_policy", "search_policy"}),
    "asks_else": frozenset({"ask_deferral", "ask_legal_basis", "ask_office_hours"}),
}
"""Intents that count alike; each counts by its confidence."""

OTHER_GROUP = "wishes"

PLANNING = frozenset({"life_event_form", "plan_project_form", "start_business_form"})

NO_ANSWER = frozenset(
    {
        "utter_common_cannot_tell",
        "utter_common_not_understood",
        "utter_common_out_of_scope",
        "utter_common_out_of_scope_still",
        "utter_common_suggest_matters",
        "utter_matters_ask_name",
        "utter_matters_ask_which",
        "utter_matters_circumstance",
        "utter_matters_closed_not_recorded",
        "utter_matters_guessed",
        "utter_matters_guessed_only",
        "utter_matters_haste",
        "utter_matters_held_not_recorded",
        "utter_matters_lapsed_not_recorded",
        "utter_matters_none",
        "utter_matters_not_listed",
        "utter_matters_not_recorded",
        "utter_matters_order_unknown",
        "utter_matters_proxy_not_recorded",
        "utter_matters_renewal_not_recorded",
        "utter_matters_sounds_like",
        "utter_matters_visit_not_recorded",
        "utter_matters_what_about",
        "utter_matters_without",
        "utter_matters_yearly_not_recorded",
        "utter_plan_area_none",
        "utter_plan_has_not",
        "utter_plan_not_recorded",
        "utter_policy_not_recorded",
        "utter_start_business_trade_near",
    }
)
"""Responses that answer nothing, or guess."""

ANSWER = "utter_matters_answer"
QUESTION_MARK = "？\n"
"""Ends the question of the catalogue that an answer repeats."""


@dataclass(frozen=True)
class Heard:
    """A message and where it is said.

    Attributes:
        text: What was said.
        parts: The text and the parts of it that may ask by themselves.
        intent: What it was taken for.
        confidence: Of the intent, 0 to 1.
        entities: Kinds of what it names.
        form: That is open; None outside forms.
        spoken: Id of the matter spoken of last; None for none.
        near: Ids of the matters that may be meant: spoken of, offered, planned.
        before: What was typed before; None for nothing.
    """

    text: str
    parts: tuple[str, ...]
    intent: str
    confidence: float
    entities: frozenset[str]
    form: str | None
    spoken: str | None
    near: tuple[str, ...]
    before: str | None


@dataclass(frozen=True)
class Answered:
    """What a message was answered with.

    Attributes:
        responses: Names of the responses.
        text: The answers that they carry.
    """

    responses: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Fit:
    """How well a question of the catalogue fits a message.

    Attributes:
        asked: The question; its score is the best of all parts of the message.
        whole: How well it fits the whole message.
        matter: How well its matter fits.
        together: What question and matter add up to, and that the matter is talked about.
        of_all: How well it fits where it is the best of all that can be asked; else 0.
    """

    asked: Asked
    whole: float
    matter: float
    together: float
    of_all: float = 0.0


class SecondReading:
    """Knows which question a message may ask besides what it was answered with.

    Args:
        catalogue: The matters with their questions.
        resolver: Finds matters.
        finder: Finds their questions.
        weights: Of the features; the one called `bias` stands by itself.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        resolver: MatterResolver,
        finder: QuestionFinder,
        weights: Mapping[str, float],
    ) -> None:
        self._catalogue = catalogue
        self._resolver = resolver
        self._finder = finder
        self._weights = weights

    def likeliest(self, heard: Heard, answered: Answered) -> tuple[float, Asked] | None:
        """Return the question likeliest missed, with how likely it was (0 to 1); None for none."""
        fits = self.fits(heard)
        missed = self.missed(heard, answered, fits)
        if not missed:
            return None
        judged = [(self._judge(self.features(heard, answered, fit, fits)), fit) for fit in missed]
        likely, best = max(judged, key=lambda pair: pair[0])
        return likely, best.asked

    def missed(self, heard: Heard, answered: Answered, fits: Sequence[Fit]) -> list[Fit]:
        """Return those of some questions that were not answered and may be meant, in order."""
        return [
            fit
            for fit in fits
            if fit.asked.faq.answer not in answered.text and is_in_place(heard, fit)
        ]

    def fits(self, heard: Heard) -> list[Fit]:
        """Return the questions that fit a message, best first; at most a few."""
        self._finder.read_ahead(heard.parts)
        ranked = self._ranked(heard.text, len(self._catalogue.matters))
        found: dict[tuple[str, str], Fit] = {}
        for part in heard.parts[:TEXTS]:
            scores = ranked if part == heard.text else self._ranked(part, MATTERS)
            likely = sorted(scores, key=lambda name: -scores[name])[:MATTERS]
            meant = [name for name in likely if scores[name] >= LEAST_MATTER]
            for name in dict.fromkeys([*meant, *filter(None, (heard.spoken,)), *heard.near]):
                self._take(part, name, scores.get(name, 0.0), heard, found)
        for part in heard.parts[:TEXTS]:
            self._take_best(part, ranked, heard, found)
        return sorted(found.values(), key=lambda fit: -fit.together - fit.of_all)[:MOST]

    def features(
        self, heard: Heard, answered: Answered, fit: Fit, fits: Sequence[Fit]
    ) -> dict[str, float]:
        """Return what the likelihood of a question is judged by, by name."""
        made = {**self._of_fit(heard, fit, fits), **_of_place(heard), **_of_answer(answered)}
        said = [one for one in fits if one.asked.faq.answer in answered.text]
        said_own = max((min(one.asked.score, 1.2) for one in said), default=0.0)
        said_both = max((one.together for one in said), default=0.0)
        own = min(fit.asked.score, 1.0)
        return {
            **made,
            "said_own": said_own,
            "said_both": min(said_both, 2.0),
            "lead": fit.together - said_both if said else 0.0,
            "own_lead": own - said_own if said else 0.0,
            "n_said": float(len(said)),
            "said_same": float(any(one.asked.matter is fit.asked.matter for one in said)),
            **{f"own:{name}": own * made[name] for name in CROSSED},
            "both:topic": fit.together * made["topic"],
        }

    def _ranked(self, text: str, limit: int) -> dict[str, float]:
        return {one.matter_id: one.score for one in self._resolver.rank(text, limit)}

    def _take(
        self,
        part: str,
        name: str,
        score: float,
        heard: Heard,
        found: dict[tuple[str, str], Fit],
    ) -> None:
        """Keep the question of a matter that a part of a message asks, if it fits better so."""
        asked = self._finder.among(part, (self._catalogue.matter(name),), LEAST_OWN)
        if asked is None:
            return
        known = found.get((name, asked.faq.question))
        matter = max(score, known.matter if known else 0.0)
        whole = asked.score if part == heard.text else known.whole if known else 0.0
        best = asked if known is None or asked.score > known.asked.score else known.asked
        is_near = name == heard.spoken or name in heard.near
        together = best.score + matter + (SPOKEN if is_near else 0.0)
        found[name, asked.faq.question] = Fit(best, whole, matter, together)

    def _take_best(
        self,
        part: str,
        scores: Mapping[str, float],
        heard: Heard,
        found: dict[tuple[str, str], Fit],
    ) -> None:
        """Keep the question that fits a part of a message best of all that can be asked."""
        best = self._finder.best_of_all(part)
        if best is None or best.score < LEAST_OWN:
            return
        name, key = best.matter.id, (best.matter.id, best.faq.question)
        if key not in found:
            matter = scores.get(name, 0.0)
            near = SPOKEN if name == heard.spoken or name in heard.near else 0.0
            whole = best.score if part == heard.text else 0.0
            found[key] = Fit(best, whole, matter, best.score + matter + near)
        found[key] = replace(found[key], of_all=max(found[key].of_all, min(best.score, 1.0)))

    def _of_fit(self, heard: Heard, fit: Fit, fits: Sequence[Fit]) -> dict[str, float]:
        first = max((one.matter for one in fits), default=0.0)
        others = [one.together for one in fits if one is not fit]
        own = min(fit.asked.score, 1.2)
        return {
            "own": own,
            "own_squared": min(own, 1.0) ** 2,
            "whole": min(fit.whole, 1.2),
            "matter": min(fit.matter, 1.5),
            "both": min(fit.together, 2.5),
            "spoken": float(fit.asked.matter.id == heard.spoken),
            "near": float(fit.asked.matter.id in heard.near),
            "behind": min(first, 1.5) - min(fit.matter, 1.5),
            "gap": fit.together - max(others, default=0.0),
            "joined": self._joined(heard, fit),
            "of_all": fit.of_all,
            "of_all:own": fit.of_all * min(own, 1.0),
        }

    def _joined(self, heard: Heard, fit: Fit) -> float:
        """Return how well the question fits the message behind the one before it."""
        if heard.before is None or len(heard.text) > JOINED:
            return 0.0
        asked = self._finder.among(f"{heard.before}，{heard.text}", (fit.asked.matter,), LEAST_OWN)
        is_same = asked is not None and asked.faq is fit.asked.faq
        return min(asked.score, 1.0) if is_same and asked else 0.0

    def _judge(self, features: Mapping[str, float]) -> float:
        total = self._weights.get("bias", 0.0)
        total += sum(self._weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-total))


def is_in_place(heard: Heard, fit: Fit) -> bool:
    """Tell whether a question may be meant where a message is said.

    "有效期几年" after a licence is not about another one that nothing tells of, and "有啥后果" in a
    plan is not about each of its licences.
    """
    if asks_the_same(heard.text):  # 那卫生许可证呢
        return False
    matter, is_usual = fit.asked.matter.id, _asks_usual(heard.text)
    is_near = matter == heard.spoken or (matter in heard.near and not is_usual)
    if not is_near and fit.matter < FAR and fit.asked.score < FAR_BUT_ASKED:
        return False
    if not is_near and heard.spoken is not None and not any(map(asks, clauses(heard.text))):
        return False  # 我店不到十平, behind the licence for tobacco
    is_first = heard.spoken is None and not heard.near
    is_best = fit.of_all >= BEST and not is_usual
    return is_near or is_first or is_best or (fit.matter >= TOLD and not is_usual)


def _asks_usual(text: str) -> bool:
    """Tell whether a text asks what may be asked of every licence: 提前多少天申请延续."""
    usual = (asks_penalty, asks_consequence, asks_validity, asks_renewal)
    return any(asks_it(text) for asks_it in usual)


CROSSED = ("matter", "spoken", "near", "plain", "asks", "lacks", "refused")
"""Features that count together with how well the question fits."""


def _of_place(heard: Heard) -> dict[str, float]:
    group = next((name for name, own in GROUPS.items() if heard.intent in own), OTHER_GROUP)
    return {
        "asks": float(asks(heard.text)),
        "length": min(len(heard.text), LONG) / LONG,
        "n_clauses": float(min(len(clauses(heard.text)), 5)),
        "in_form": float(heard.form is not None),
        "planning": float(heard.form in PLANNING),
        **{name: heard.confidence * (name == group) for name in (*GROUPS, OTHER_GROUP)},
        "names_matter": float("matter" in heard.entities),
        "names_trade": float("industry" in heard.entities),
        "names_policy": float("policy" in heard.entities),
        "names_paper": float("material" in heard.entities),
        "nothing_spoken": float(not heard.near and heard.spoken is None),
        "point": float(point_asked(heard.text) is not None),
    }


def _of_answer(answered: Answered) -> dict[str, float]:
    names = answered.responses
    is_noted = [any(word in name for word in ("noted", "corrected")) for name in names]
    return {
        "lacks": float(any(name in NO_ANSWER for name in names)),
        "silent": float(not names),
        "answered": float(sum(name == ANSWER for name in names)),
        "policy": float(any(name.startswith("utter_policy") for name in names)),
        "noted": float(any(is_noted)),
        "offers": float(any(name.endswith("_offer") for name in names)),
        "started": float(any(name.endswith("_start") for name in names)),
        "question": float(QUESTION_MARK in answered.text),
        "topic": float(ANSWER in names and QUESTION_MARK not in answered.text),
    }
