"""Recognises which tax a text names, as the catalogue calls it: 老板的个税."""

import re

TAXES = ("增值税", "所得税")
"""Taxes that a text and a policy may both name."""

_TAX_NAMED = {
    "个人所得税": re.compile("个税|个人所得|(?:老板|自己|个人)[^，,。]{0,4}所得税|经营所得"),
    "企业所得税": re.compile("企业所得税|企税"),
    "增值税": re.compile("增值税"),
    "印花税": re.compile("印花税"),
    "房产税": re.compile("房产税"),
    "城建税": re.compile("城建税|附加税"),
    "土地使用税": re.compile("土地(?:使用)?税"),
}
"""Taxes as the catalogue calls them, by what people say."""


def tax_named(text: str) -> str | None:
    """Return the tax that a text names, as the catalogue calls it; None for none or several."""
    named = [tax for tax, words in _TAX_NAMED.items() if words.search(text)]
    return named[0] if len(named) == 1 else None


def is_of_tax(text: str, name: str) -> bool:
    """Tell whether a text names a tax that stands in the name of a policy."""
    return any(tax in text and tax in name for tax in TAXES)
