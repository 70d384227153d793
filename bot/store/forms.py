"""Loads the single forms of `data/forms`: reads every file, reports every fault with its line."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from bot.domain.catalogue import Catalogue
from bot.domain.conditions import compared_literals, names
from bot.domain.single_form import (
    CaseFields,
    FieldKind,
    FieldOption,
    FormField,
    FormSection,
    FormUse,
    KnownFact,
    SingleForm,
)
from bot.store.catalogue.problems import CatalogueInvalid, Findings, Place
from bot.store.catalogue.reader import Entry, read_file

FORMS = "forms"
CATALOGUE_LISTS = ("enterprise_types", "project_types")
LONGEST_FIELD = 500
MONEY_UNITS = ("元", "万元")


def load_forms(path: Path, catalogue: Catalogue) -> Mapping[str, SingleForm]:
    """Read and check the forms, by id.

    Args:
        path: The folder `data/forms`.
        catalogue: Gives districts, enterprise types and project types as options.

    Raises:
        CatalogueInvalid: Something is wrong; the error holds all problems, with file and line.
    """
    forms, problems = read_forms(path, catalogue)
    if problems.problems:
        raise CatalogueInvalid(path, tuple(sorted(set(problems.problems))))
    return forms


def read_forms(path: Path, catalogue: Catalogue) -> tuple[Mapping[str, SingleForm], Findings]:
    """Read the forms and return what is wrong with them instead of raising it."""
    findings = Findings()
    forms: dict[str, SingleForm] = {}
    files = sorted(path.glob("*.yml"))
    for file in files:
        entry = read_file(path, file.name, findings)
        form = _form(entry, catalogue)
        if findings.register("form", form.id, entry.place):
            forms[form.id] = form
    for use in FormUse:
        found = sum(form.use is use for form in forms.values())
        if found != 1:
            sentence = f"there must be exactly one form for {use.value!r}, but there are {found}"
            findings.report(Place(files[0].name if files else FORMS, 1), sentence)
    return MappingProxyType(forms), findings


def _form(file: Entry, catalogue: Catalogue) -> SingleForm:
    earlier: dict[str, FormField] = {}
    sections = tuple(_section(entry, earlier, catalogue) for entry in file.entries("sections"))
    form = SingleForm(
        id=file.text("id"),
        title=file.text("title"),
        use=file.choice("use", FormUse),
        sections=sections,
        case=_case(file.entry("case"), earlier),
    )
    if not earlier:
        file.fault("the form has no fields")
    file.close()
    return form


def _case(entry: Entry, fields: Mapping[str, FormField]) -> CaseFields:
    case = CaseFields(
        applicant=entry.text("applicant"),
        phone=entry.text("phone"),
        district=entry.text("district"),
        credentials=entry.texts("credentials", required=True),
    )
    wanted = (
        ("applicant", case.applicant, {FieldKind.TEXT, FieldKind.COMPANY_NAME}),
        ("phone", case.phone, {FieldKind.PHONE}),
        ("district", case.district, {FieldKind.DISTRICT}),
        *(
            ("credentials", name, {FieldKind.CREDIT_CODE, FieldKind.ID_NUMBER})
            for name in case.credentials
        ),
    )
    for key, field_id, kinds in wanted:
        field = fields.get(field_id)
        if field is None:
            entry.fault(f"{key} names the unknown field {field_id!r}", key)
        elif field.kind not in kinds:
            known = " or ".join(sorted(kind.value for kind in kinds))
            entry.fault(f"{key} needs a field of kind {known}, not {field.kind.value}", key)
    entry.close()
    return case


def _section(entry: Entry, earlier: dict[str, FormField], catalogue: Catalogue) -> FormSection:
    fields = []
    for inner in entry.entries("fields", required=True):
        field = _field(inner, earlier, catalogue)
        if field.id in earlier:
            inner.fault(f"the field {field.id!r} stands twice", "id")
        elif field.id and not (field.id.isidentifier() and field.id.isascii()):
            inner.fault(f"the id {field.id!r} must be letters, digits and underscores", "id")
        earlier[field.id] = field
        fields.append(field)
    section = FormSection(entry.text("id"), entry.text("title"), tuple(fields))
    entry.close()
    return section


def _field(entry: Entry, earlier: Mapping[str, FormField], catalogue: Catalogue) -> FormField:
    kind = entry.choice("kind", FieldKind)
    has_limits = kind in {FieldKind.MONEY, FieldKind.AREA}
    field = FormField(
        id=entry.text("id"),
        label=entry.text("label"),
        kind=kind,
        required=entry.flag("required", default=False),
        help=entry.text("help", ""),
        words=entry.texts("words"),
        prefill=entry.choice("prefill", KnownFact) if entry.has("prefill") else None,
        options=_options(entry, kind, catalogue),
        unit=entry.text("unit", "元") if kind is FieldKind.MONEY else "",
        smallest=entry.number("smallest") if has_limits and entry.has("smallest") else None,
        largest=entry.number("largest") if has_limits and entry.has("largest") else None,
        longest=int(entry.number("longest", 100)),
        not_past=kind is FieldKind.DATE and entry.flag("not_past", default=False),
        is_proposed=kind is FieldKind.COMPANY_NAME and entry.flag("is_proposed", default=False),
        when=entry.optional_condition("when"),
    )
    if not 1 <= field.longest <= LONGEST_FIELD:
        entry.fault(f"'longest' is a whole number from 1 to {LONGEST_FIELD}", "longest")
    if kind is FieldKind.MONEY and field.unit not in MONEY_UNITS:
        entry.fault(f"unit is {field.unit!r}, but must be one of: {', '.join(MONEY_UNITS)}", "unit")
    _check_condition(entry, field, earlier)
    entry.close()
    return field


def _options(entry: Entry, kind: FieldKind, catalogue: Catalogue) -> tuple[FieldOption, ...]:
    if kind is FieldKind.DISTRICT:
        places = catalogue.districts.values()
        return tuple(FieldOption(place.id, place.name, place.aliases) for place in places)
    if kind is not FieldKind.CHOICE:
        return ()
    if entry.has("options_from"):
        return tuple(_catalogue_options(entry, catalogue))
    options = []
    for inner in entry.entries("options", required=True):
        options.append(FieldOption(inner.text("id"), inner.text("label"), inner.texts("words")))
        inner.close()
    ids = [option.id for option in options]
    for option_id in {one for one in ids if ids.count(one) > 1}:
        entry.fault(f"the option {option_id!r} stands twice", "options")
    return tuple(options)


def _catalogue_options(entry: Entry, catalogue: Catalogue) -> Iterable[FieldOption]:
    name = entry.text("options_from")
    if name == "enterprise_types":
        kinds = catalogue.enterprise_types.values()
        return [FieldOption(kind.id, kind.name, kind.aliases) for kind in kinds]
    if name == "project_types":
        return [FieldOption(kind.id, kind.name) for kind in catalogue.project_types.values()]
    entry.fault(
        f"options_from is {name!r}, but must be one of: {', '.join(CATALOGUE_LISTS)}",
        "options_from",
    )
    return []


def _check_condition(entry: Entry, field: FormField, earlier: Mapping[str, FormField]) -> None:
    if field.when is None:
        return
    for name in sorted(names(field.when)):
        if name not in earlier:
            entry.fault(f"when: the unknown field {name!r} (only fields above this one)", "when")
    for name, literal in compared_literals(field.when):
        known = earlier.get(name)
        if known and known.options and known.option(str(literal)) is None:
            entry.fault(f"when: the field {name!r} has no option {literal!r}", "when")
