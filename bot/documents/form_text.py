"""A filled single form in words: its values, what is wrong with one, the form read back."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from bot.documents.dates import spoken_day
from bot.domain.single_form import (
    SECRET_KINDS,
    FieldFault,
    FieldKind,
    FieldProblem,
    FilledForm,
    FormField,
    SingleForm,
)
from bot.services.reading.identifiers import mask_phone
from bot.services.reading.numerals import read_number

TEN_THOUSAND = 10_000
OPEN_TAIL = 4

FAULTS: Mapping[FieldFault, str] = MappingProxyType(
    {
        FieldFault.MISSING: "“{label}”还没填。",
        FieldFault.TOO_SHORT: "“{label}”太短了，请写全一些。",
        FieldFault.TOO_LONG: "“{label}”最多 {limit} 个字，请写短一些。",
        FieldFault.NOT_A_NAME: "“{label}”看着不像名称，请写全称，不要带数字和符号。",
        FieldFault.FORBIDDEN_NAME: "“{label}”里的“{word}”不能这样用：{rule}。请换一个名称。",
        FieldFault.NOT_A_NUMBER: "“{label}”要写数字和单位，比如“{example}”。",
        FieldFault.OUT_OF_RANGE: "“{label}”的数不在合理范围内，请核对单位，比如“{example}”。",
        FieldFault.NOT_A_DATE: "“{label}”没看出是哪天，比如“12月1日”“下周一”。",
        FieldFault.PAST_DATE: "“{label}”{day}已经过去了，请给一个今天或以后的日期。",
        FieldFault.NOT_OFFERED: "“{label}”请从这些里选：{options}。",
        FieldFault.NO_PHONE: "“{label}”不像电话号码（看到 {digits} 位数字），手机号是 11 位。",
        FieldFault.NO_AREA_CODE: "“{label}”是座机的话请加区号，比如 0635-8231234。",
        FieldFault.WRONG_LENGTH: "“{label}”应该是 18 位，您写了 {length} 位。",
        FieldFault.ILLEGAL_CHARACTER: "“{label}”第 {position} 位“{found}”不该出现，请核对。",
        FieldFault.WRONG_CHECK_DIGIT: "“{label}”的校验位对不上，可能写错了一位，请对着证照再看。",
        FieldFault.WRONG_BIRTHDAY: "“{label}”第 7 到 14 位不是有效的出生日期，请核对。",
    }
)
"""What is wrong with a value, and the way on."""


def fault_text(form: SingleForm, problem: FieldProblem) -> str:
    """Return the sentence about a problem."""
    field = form.field(problem.field_id)
    day = problem.details.get("day")
    return FAULTS[problem.fault].format_map(
        {
            "label": field.label,
            "example": "50万元" if field.kind is FieldKind.MONEY else "80平方米",
            "options": "、".join(option.label for option in field.options),
            "position": "?",
            "found": "?",
            "limit": "",
            "word": "",
            "rule": "",
            "digits": "0",
            "length": "0",
            **problem.details,
            "day": spoken_day(date.fromisoformat(day)) if day else "",
        }
    )


def value_text(field: FormField, value: str, *, masked: bool) -> str:
    """Return a canonical value as people read it.

    Args:
        field: Where it stands.
        value: As `FilledForm.values` holds it.
        masked: Hide the middle of telephone numbers and codes.
    """
    if field.options:
        option = field.option(value)
        return option.label if option else value
    if field.kind is FieldKind.DATE:
        return spoken_day(date.fromisoformat(value))
    if field.kind is FieldKind.MONEY:
        amount = read_number(value)
        return (
            f"{amount / TEN_THOUSAND:.10g} 万元" if amount >= TEN_THOUSAND else f"{amount:.10g} 元"
        )
    if field.kind is FieldKind.AREA:
        return f"{value} 平方米"
    if masked and field.kind in SECRET_KINDS:
        return _masked(field.kind, value)
    return value


def form_text(filled: FilledForm) -> str:
    """Return the filled form as it is read back, codes and telephone numbers masked."""
    lines = []
    for section in filled.form.sections:
        given = [field for field in section.fields if field.id in filled.values]
        if given:
            lines.append(f"【{section.title}】")
        for field in given:
            shown = value_text(field, filled.values[field.id], masked=True)
            lines.append(f"· {field.label}：{shown}")
    return "\n".join(lines)


def _masked(kind: FieldKind, value: str) -> str:
    if kind is FieldKind.PHONE:
        return mask_phone(value)
    return value[:OPEN_TAIL] + "*" * (len(value) - 2 * OPEN_TAIL) + value[-OPEN_TAIL:]
