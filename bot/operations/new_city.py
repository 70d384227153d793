"""`xiaoer new-city`: the folder of data of another city to begin with, and what is still to do.

Divisions, halls and the first data are made anew; what people read names the new city. Facts are
left as they are: whoever put the new city's name over a fact and its source would be inventing one.
They are listed, line by line, to be checked.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from bot.operations.errors import OperationFailed
from bot.store.catalogue.loader import load_catalogue

CODE = re.compile(r"\d{6}")
NAME = re.compile(r"[\u4e00-\u9fff]{2,12}")
SAID = ("*/responses.yml", "hub/*.yml", "desk/*.yml", "services/*.yml", "documents/*")
"""Texts that people read; in these the old city's name is replaced."""

TO_CHECK = "TO-CHECK.md"
EMPTY_SEEDS = {"cases.yml": "cases", "tickets.yml": "tickets"}
SOURCE = "运营方录入，未核实"


@dataclass(frozen=True)
class NewCity:
    """A city to begin with.

    Attributes:
        name: In full, such as 示例市.
        divisions: Code (6 digits) and name of each county-level division.
    """

    name: str
    divisions: Sequence[tuple[str, str]]

    @property
    def short(self) -> str:
        """Return the name without 市."""
        return self.name.removesuffix("市")


def make_city(city: NewCity, data: Path, target: Path, today: date) -> int:
    """Write the folder; returns how many lines still speak of the old city.

    Args:
        city: The new one.
        data: The product's data.
        today: Local day, noted as the day of the check.
        target: Becomes the folder of data (`XIAOER_DATA_DIR`); must not exist.

    Raises:
        OperationFailed: A name or code cannot be used, or the target exists.
        CatalogueInvalid: The catalogue does not go with the divisions.
    """
    _check(city, target)
    old = load_catalogue(data / "catalogue").city.name.removesuffix("市")
    shutil.copytree(data, target)
    _divisions(city, target, today)
    _seeds(city, target / "seed")
    for pattern in SAID:
        for file in target.glob(pattern):
            _say(file, old, city.short)
    load_catalogue(target / "catalogue")
    left = list(_left(target, old))
    lines = [f"- [ ] `{place}` {text}" for place, text in left]
    (target / TO_CHECK).write_text(_page(city, lines), encoding="utf-8")
    return len(left)


def _check(city: NewCity, target: Path) -> None:
    if target.exists():
        raise OperationFailed(f"{target} 已经存在, 换一个目录 (exists already)")
    if not NAME.fullmatch(city.name) or not city.divisions:
        raise OperationFailed("城市写中文全名, 至少一个 --division (a Chinese name, a division)")
    codes = [code for code, _ in city.divisions]
    for code, name in city.divisions:
        if not CODE.fullmatch(code) or not NAME.fullmatch(name):
            raise OperationFailed(f"{code}={name}: 要写成 410102=中原区 (six digits, a name)")
    if len(set(codes)) != len(codes) or len({code[:4] for code in codes}) != 1:
        raise OperationFailed("区划代码重复, 或前四位不同 (codes of one city, each once)")


def _divisions(city: NewCity, target: Path, today: date) -> None:
    content = {
        "checked_on": today,
        "confidence": "low",
        "city": {"code": city.divisions[0][0][:4] + "00", "name": city.name},
        "divisions_source": {"source": SOURCE, "verified": False, "confidence": "low"},
        "divisions": [
            {"id": code, "name": name, "aliases": [], "towns": []} for code, name in city.divisions
        ],
        "function_zones": [],
    }
    _write(target / "catalogue" / "divisions.yml", content)
    # nobody has measured the new ones; without points nearness is not offered
    file = target / "channels" / "places.yml"
    places = yaml.safe_load(file.read_text(encoding="utf-8"))
    _write(file, {**places, "points": {}})


def _seeds(city: NewCity, folder: Path) -> None:
    halls = [
        {"id": f"hall-{code}", "district": code, "name": f"{name}政务服务大厅"}
        for code, name in city.divisions
    ]
    empty = {"address": "", "phone": ""}
    _write(folder / "halls.yml", {"source": SOURCE, "halls": [{**one, **empty} for one in halls]})
    file = folder / "slot_rules.yml"
    rules = yaml.safe_load(file.read_text(encoding="utf-8"))
    _write(file, {**rules, "overrides": []})
    for name, key in EMPTY_SEEDS.items():
        _write(folder / name, {key: []})


def _say(file: Path, old: str, new: str) -> None:
    if file.is_file() and file.suffix in {".yml", ".html", ".txt"}:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(old, new), encoding="utf-8")


def _left(target: Path, old: str) -> Iterator[tuple[str, str]]:
    for file in sorted((*target.rglob("*.yml"), *target.rglob("*.txt"))):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if old in line:
                yield f"{file.relative_to(target)}:{number}", line.strip()[:120]


def _page(city: NewCity, lines: Sequence[str]) -> str:
    head = (
        f"# {city.name}: still to do\n\n"
        "- [ ] halls: address and telephone (`seed/halls.yml`)\n"
        "- [ ] towns and other names of the divisions (`catalogue/divisions.yml`)\n"
        "- [ ] departments: does each exist under this name? (`catalogue/departments.yml`)\n"
        "- [ ] words and examples with names of the old city, then `make train`\n\n"
        "Lines that speak of the old city. Each is a fact to be checked, with its source:\n\n"
    )
    return head + "\n".join(lines) + "\n"


def _write(file: Path, content: object) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    file.write_text(text, encoding="utf-8")
