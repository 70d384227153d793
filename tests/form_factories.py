"""The committed single forms, and answers that fill them; people are made up."""

from collections.abc import Mapping
from functools import cache

from bot.domain.single_form import SingleForm
from bot.services.applications.form_checks import Checks
from bot.store.forms import load_forms
from tests.catalogue_files import DATA, committed_catalogue
from tests.service_factories import NOW, calendar

ID_NUMBER = "11010519491231002X"
CREDIT_CODE = "91440101MA5CJQ4N59"
PHONE = "13800138000"

STARTING: Mapping[str, str] = {
    "company_name": "聊城鲁小二餐饮有限公司",
    "enterprise_type": "company",
    "trade": "火锅店",
    "capital": "50万",
    "district": "371502",
    "address": "东昌府区柳园路1号",
    "area": "80平",
    "premises": "租的",
    "opens_on": "2026-12-01",
    "person_name": "李雷",
    "id_number": ID_NUMBER,
    "phone": "138 0013 8000",
    "hires_staff": "yes",
}
"""What fills the form for starting a business, as typed."""

GENERAL: Mapping[str, str] = {
    "applicant_kind": "enterprise",
    "applicant_name": "聊城鲁小二餐饮有限公司",
    "credit_code": CREDIT_CODE,
    "contact_name": "李雷",
    "phone": PHONE,
    "district": "371502",
    "address": "东昌府区柳园路1号",
}
"""What fills the form for a single matter."""


@cache
def committed_forms() -> Mapping[str, SingleForm]:
    return load_forms(DATA / "forms", committed_catalogue())


def checks(*insisted: str, forbidden: str = "") -> Checks:
    """Return the checks of Monday, 23 November 2026, with one forbidden word."""

    def forbidden_word(name: str) -> tuple[str, str] | None:
        return (forbidden, "名称规则") if forbidden and forbidden in name else None

    return Checks(NOW, calendar(), forbidden_word, frozenset(insisted))
