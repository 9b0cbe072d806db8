"""Writes the reference tables that the package ships from the raw published files; run twice, it writes the same bytes.

    python tools/build_reference.py --data ../shared/data

docs/how-to/rebuild-reference.md says what each input is and how to add one.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from reference_build import (
    bodies,
    centres,
    code_lists,
    contents,
    defaults,
    elsewhere,
    indicators,
    maps,
    outcomes,
    prices,
    published,
    volumes,
)
from reference_build.files import Shelf
from reference_build.forms import read_forms
from reference_build.matrices import as_matrix, read_matrices

# The register leaves out the councils that ended in 2009; later forms bring nobody new.
BEFORE_REGISTER = ("2008-09",)
SHIPPED = Path(__file__).resolve().parents[1] / "src/consortia/reference/tables"


def build(data: Path, folder: Path) -> Shelf:
    """Writes every table into the folder."""
    shelf = Shelf(folder)
    forms = read_forms(data)
    matrices = read_matrices(data)
    known = bodies.gather(data, [*forms, *(matrix.sheets[0] for matrix in matrices if matrix.year in BEFORE_REGISTER)])
    bodies.write(shelf, known)
    volumes.write(shelf, data, known)
    maps.write(shelf, data, known)
    centres.write(shelf, data, known)
    prices.write(shelf, data)
    indicators.write(shelf, data, known)
    defaults.write(shelf, data)
    code_lists.write(shelf, data)
    outcomes.write(shelf, data, known)
    matrices += [as_matrix(form) for form in forms if form.kind == "RSX"]
    columns = published.write_forms(shelf, [form for form in forms if form.kind != "RSX"], data, known)
    columns += published.write_matrices(shelf, matrices, known)
    columns += published.write_education(shelf, data, known)
    columns += published.write_lancashire(shelf, data, known)
    columns += published.write_wales(shelf, data)
    elsewhere.write(shelf, data)
    published.write_crosswalk(shelf, columns)
    contents.write_catalogue(shelf, contents.write_editions(shelf, columns))
    return shelf


def main() -> None:
    """Reads the command line, builds, and says what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the raw published files")
    parser.add_argument("--to", type=Path, default=SHIPPED, help="folder to write the tables to")
    chosen = parser.parse_args()
    shelf = build(chosen.data, chosen.to)
    size = sum(path.stat().st_size for path in chosen.to.rglob("*.csv*"))
    print(f"{len(shelf.rows)} tables, {sum(shelf.rows.values()):,} rows, {size / 1e6:.1f} MB in {chosen.to}")


if __name__ == "__main__":
    main()
