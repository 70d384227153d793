"""Reads service_rules.yml."""

from collections.abc import Iterator

from bot.domain.facts import Provenance
from bot.domain.service_rules import (
    AcceptanceRules,
    CommitmentRules,
    CreditCodeRules,
    DeferralRules,
    Hall,
    HotlineLimit,
    HotlineRules,
    Remedy,
    ReviewHandling,
    ReviewLevel,
    ReviewRules,
    ServiceOffer,
    ServiceRules,
    SuggestionRules,
    WorkingDayRules,
)
from bot.store.catalogue.facts import Defaults, read_provenance
from bot.store.catalogue.reader import Entry


def read_service_rules(file: Entry) -> ServiceRules:
    """Read all parameters of the service."""
    defaults = Defaults().of(file)
    rules = ServiceRules(
        review=_read_review(file.entry("review"), defaults),
        hotline=_read_hotline(file.entry("hotline"), defaults),
        suggestions=_read_suggestions(file.entry("suggestions"), defaults),
        acceptance=_read_acceptance(file.entry("acceptance"), defaults),
        deferral=_read_deferral(file.entry("deferral"), defaults),
        commitment=_read_commitment(file.entry("commitment"), defaults),
        offers=tuple(_read_offers(file, defaults)),
        hall=_read_hall(file.entry("hall"), defaults),
        working_days=_read_working_days(file.entry("working_days"), defaults),
        credit_code=_read_credit_code(file.entry("credit_code"), defaults),
        remedies=tuple(_read_remedies(file, defaults)),
    )
    file.close()
    return rules


def _origin(entry: Entry, key: str, defaults: Defaults) -> Provenance:
    inner = entry.entry(key)
    provenance = read_provenance(inner, defaults)
    inner.close()
    return provenance


def _text(entry: Entry, key: str, defaults: Defaults) -> tuple[str, Provenance]:
    inner = entry.entry(key)
    text, provenance = inner.text("text"), read_provenance(inner, defaults)
    inner.close()
    return text, provenance


def _days(entry: Entry, key: str, defaults: Defaults) -> tuple[float, Provenance]:
    inner = entry.entry(key)
    days, provenance = inner.number("working_days"), read_provenance(inner, defaults)
    inner.close()
    return days, provenance


def _read_review(entry: Entry, defaults: Defaults) -> ReviewRules:
    levels = []
    for item in entry.entries("levels", required=True):
        score = int(item.number("score"))
        levels.append(ReviewLevel(score, item.text("name"), item.flag("is_negative")))
        item.close()
    late_days, late = _days(entry, "late_window", defaults)
    rules = ReviewRules(
        levels=tuple(levels),
        levels_provenance=_origin(entry, "levels_source", defaults),
        negative=_origin(entry, "negative_source", defaults),
        late_window_working_days=late_days,
        late_window=late,
        handling=tuple(_read_handling(entry, defaults)),
    )
    entry.close()
    return rules


def _read_handling(entry: Entry, defaults: Defaults) -> Iterator[ReviewHandling]:
    for item in entry.entries("handling", required=True):
        yield ReviewHandling(
            step=item.text("step"),
            text=item.text("text"),
            working_days=item.optional_number("working_days"),
            limit=_origin(item, "limit_source", defaults),
            provenance=read_provenance(item, defaults),
        )
        item.close()


def _read_hotline(entry: Entry, defaults: Defaults) -> HotlineRules:
    limits = []
    for item in entry.entries("limits", required=True):
        key = "extension_working_days"
        extension = item.number(key) if item.has(key) else None
        provenance = read_provenance(item, defaults)
        days = item.number("working_days")
        limits.append(HotlineLimit(item.text("kind"), days, extension, provenance))
        item.close()
    warning = entry.entry("warning")
    rules = HotlineRules(
        hours=entry.text("hours"),
        hours_provenance=_origin(entry, "hours_source", defaults),
        limits=tuple(limits),
        yellow_warning=warning.text("yellow"),
        red_warning=warning.text("red"),
        warning=read_provenance(warning, defaults),
        reject_returns=entry.text("reject_returns"),
        channels=entry.texts("channels", required=True),
        channels_provenance=_origin(entry, "channels_source", defaults),
        categories=entry.texts("categories", required=True),
    )
    warning.close()
    entry.close()
    return rules


def _read_suggestions(entry: Entry, defaults: Defaults) -> SuggestionRules:
    provenance = read_provenance(entry, defaults)
    rules = SuggestionRules(entry.number("working_days"), entry.text("text"), provenance)
    entry.close()
    return rules


def _read_acceptance(entry: Entry, defaults: Defaults) -> AcceptanceRules:
    notice_days, notice = _days(entry, "notice_once", defaults)
    delivery_days, delivery = _days(entry, "delivery", defaults)
    decision = entry.entry("decision")
    rules = AcceptanceRules(
        notice_once_working_days=notice_days,
        notice_once=notice,
        decision_working_days=decision.number("working_days"),
        extension_working_days=decision.number("extension_working_days"),
        decision=read_provenance(decision, defaults),
        joint_calendar_days=decision.number("joint_calendar_days"),
        joint_extension_calendar_days=decision.number("joint_extension_calendar_days"),
        delivery_working_days=delivery_days,
        delivery=delivery,
        no_fee=_origin(entry, "no_fee", defaults),
    )
    decision.close()
    entry.close()
    return rules


def _read_deferral(entry: Entry, defaults: Defaults) -> DeferralRules:
    provenance = read_provenance(entry, defaults)
    rules = DeferralRules(entry.number("working_days"), entry.text("note", ""), provenance)
    entry.close()
    return rules


def _read_commitment(entry: Entry, defaults: Defaults) -> CommitmentRules:
    not_for, not_for_provenance = _text(entry, "not_for", defaults)
    verification, verification_provenance = _text(entry, "verification", defaults)
    rules = CommitmentRules(
        basis=_origin(entry, "basis", defaults),
        not_for=not_for,
        not_for_provenance=not_for_provenance,
        verification=verification,
        verification_provenance=verification_provenance,
    )
    entry.close()
    return rules


def _read_remedies(file: Entry, defaults: Defaults) -> Iterator[Remedy]:
    for item in file.entries("remedies", required=True):
        yield Remedy(item.text("text"), read_provenance(item, defaults))
        item.close()


def _read_offers(file: Entry, defaults: Defaults) -> Iterator[ServiceOffer]:
    for item in file.entries("offers"):
        yield ServiceOffer(item.text("name"), read_provenance(item, defaults))
        item.close()


def _read_hall(entry: Entry, defaults: Defaults) -> Hall:
    hall = Hall(
        address=entry.text("address", "") or None,
        hours=entry.text("hours", "") or None,
        note=entry.text("note", ""),
        provenance=read_provenance(entry, defaults),
    )
    entry.close()
    return hall


def _read_working_days(entry: Entry, defaults: Defaults) -> WorkingDayRules:
    rule, rule_provenance = _text(entry, "rule", defaults)
    start, start_provenance = _text(entry, "start", defaults)
    holidays, holidays_provenance = _text(entry, "holidays", defaults)
    entry.close()
    return WorkingDayRules(
        rule=rule,
        rule_provenance=rule_provenance,
        start_rule=start,
        start_provenance=start_provenance,
        holidays=holidays,
        holidays_provenance=holidays_provenance,
    )


def _read_credit_code(entry: Entry, defaults: Defaults) -> CreditCodeRules:
    rules = CreditCodeRules(
        standard=entry.text("standard"),
        structure=entry.text("structure"),
        charset=entry.text("charset"),
        excluded=entry.text("excluded"),
        weight=entry.text("weight"),
        check=entry.text("check"),
        caution=entry.text("caution"),
        local_prefixes=entry.texts("local_prefixes"),
        examples=entry.texts("examples"),
        provenance=read_provenance(entry, defaults),
    )
    entry.close()
    return rules
