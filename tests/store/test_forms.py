import shutil
from pathlib import Path

import pytest

from bot.domain.single_form import FieldKind, FormUse
from bot.store.catalogue.problems import CatalogueInvalid
from bot.store.forms import load_forms
from tests.catalogue_files import DATA, committed_catalogue
from tests.form_factories import committed_forms

FORMS = DATA / "forms"
START = "start_business.yml"

FAULTS = [
    (START, "kind: money", "kind: gold", "kind is 'gold', but must be one of"),
    (START, "required: true", "required: yes", "write true or false instead of"),
    (START, "phone: phone", "phone: telephone", "phone names the unknown field 'telephone'"),
    (START, "phone: phone", "phone: trade", "phone needs a field of kind phone, not text"),
    (START, "prefill: area", "prefill: shoe_size", "prefill is 'shoe_size', but must be one of"),
    (START, "when: enterprise_type", "when: size", "the unknown field 'size'"),
    (START, "['company',", "['gmbh',", "the field 'enterprise_type' has no option 'gmbh'"),
    (START, "- id: trade", "- id: company_name", "the field 'company_name' stands twice"),
    (START, "- id: trade", "- id: 行业", "must be letters, digits and underscores"),
    (START, "unit: 万元", "unit: 美元", "unit is '美元', but must be one of"),
    (START, "longest: 60", "longest: 0", "'longest' is a whole number from 1 to"),
    (START, "help: 平方米。", "hint: 平方米。", "the key 'hint' is unknown here"),
    (START, "options_from: enterprise_types", "options_from: colours", "options_from is 'colours'"),
    (START, "{id: rented,", "{id: owned,", "the option 'owned' stands twice"),
    (START, "use: start_business", "use: matter", "exactly one form for 'matter', but there are 2"),
    ("general.yml", "id: general", "id: construction", "the form 'construction' is already"),
    ("general.yml", "sections:", "sections: [", "this is not YAML"),
]


def test_the_committed_forms_load_one_for_each_use() -> None:
    forms = committed_forms()

    assert {form.use for form in forms.values()} == set(FormUse)
    districts = forms["general"].field("district")
    assert districts.kind is FieldKind.DISTRICT
    assert len(districts.options) == len(committed_catalogue().districts)


@pytest.mark.parametrize(("file", "old", "new", "sentence"), FAULTS)
def test_a_fault_is_reported_with_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, sentence: str
) -> None:
    copy = tmp_path / "forms"
    shutil.copytree(FORMS, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CatalogueInvalid) as caught:
        load_forms(copy, committed_catalogue())

    found = [str(problem) for problem in caught.value.problems]
    assert any(sentence in problem for problem in found), found
    assert all(problem.split(":")[1].isdigit() for problem in found)


def test_a_folder_without_forms_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueInvalid, match="exactly one form"):
        load_forms(tmp_path, committed_catalogue())
