"""The catalogue's linter: `python -m bot.store.catalogue data/catalogue`."""

import sys
from pathlib import Path

from bot.store.catalogue.loader import load_catalogue
from bot.store.catalogue.problems import CatalogueInvalid


def main(arguments: list[str]) -> int:
    """Check the catalogue in the folder given, and list all problems.

    Returns:
        0 when there is none, 1 when there are some, 2 when called wrongly.
    """
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m bot.store.catalogue FOLDER\n")
        return 2
    try:
        catalogue = load_catalogue(Path(arguments[0]))
    except CatalogueInvalid as error:
        sys.stdout.writelines(f"{problem}\n" for problem in error.problems)
        return 1
    sys.stdout.write(
        f"ok: {len(catalogue.matters)} matters, {len(catalogue.one_things)} one-thing bundles, "
        f"{len(catalogue.project_types)} project types, {len(catalogue.policies)} policies\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
