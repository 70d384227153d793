"""A recommended form of enterprise in words: why, what speaks against it, what else is possible."""

from collections.abc import Iterable, Iterator

from bot.documents.matter_text import MatterAnswer, source_line
from bot.domain.facts import Confidence
from bot.domain.places import EnterpriseType, FormReason, FormTrait
from bot.services.plans.form_advice import FormAdvice, RankedForm


def form_advice_text(advice: FormAdvice) -> str:
    """Return the recommendation with its reasons, each with its source."""
    best = advice.best
    lines = [f"建议：{best.form.name}", *_reasons("合适", best.speaks_for)]
    lines += _reasons("要注意", best.speaks_against)
    lines += [f"· {t.aspect}：{t.text}（{_source(t)}）" for t in best.form.traits]
    for other in advice.ranked[1:2]:
        lines.append(f"其次：{other.form.name}{_short(other)}")
    out = [f"· {form.name}：{reason.text}（{_source(reason)}）" for form, reason in _few(advice)]
    out += [f"· {form.name}：资料里这一行的许可没列它，请先问窗口" for form in advice.unfit]
    if out:
        lines += ["用不了或要先核实的：", *out]
    return "\n".join(lines)


def traits_text(forms: Iterable[EnterpriseType]) -> str:
    """Return the forms side by side: liability, people, capital, tax."""
    return "\n".join(
        f"· {form.name}——" + "；".join(f"{t.aspect}：{t.text}" for t in form.traits)
        for form in forms
    )


def trait_answer(form: EnterpriseType, trait: FormTrait) -> MatterAnswer:
    """Return one trait of a form with its source."""
    return MatterAnswer(f"{form.name}：{trait.text}。", source_line(trait.provenance))


def _few(advice: FormAdvice) -> Iterator[tuple[EnterpriseType, FormReason]]:
    """Yield what is ruled out by the answers, without forms that nobody asks for by accident."""
    return ((f, r) for f, r in advice.ruled_out if f.id not in {"branch", "coop"})


def _reasons(title: str, reasons: Iterable[FormReason]) -> Iterator[str]:
    return (f"· {title}：{reason.text}（{_source(reason)}）" for reason in reasons)


def _short(ranked: RankedForm) -> str:
    against = "；".join(reason.text for reason in ranked.speaks_against[:1])
    return f"（{against}）" if against else ""


def _source(fact: FormReason | FormTrait) -> str:
    provenance = fact.provenance
    if not provenance.verified:
        return "常见做法，未核实"
    low = "，以窗口答复为准" if provenance.confidence is Confidence.LOW else ""
    return f"{provenance.source}{low}"
