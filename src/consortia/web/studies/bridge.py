"""What was done to a partner's numbers: from the return as sent to the harmonised cost, for that partner alone."""

from __future__ import annotations

import polars as pl

from consortia.report.tables import Table
from consortia.run.bridge_tables import bridge_of, bridge_table, cells_table, measure_of
from consortia.run.grades import grades_of
from consortia.run.harmonised import harmonise_study
from consortia.run.ledger_tables import ledger_table
from consortia.study import Study
from consortia.web.clock import this_year
from consortia.web.studies.documents import load_definition, load_return
from consortia.web.studies.models import PartnerReturn


def bridge_tables(row: PartnerReturn, *, service: str = "") -> tuple[Table, ...]:
    """Every service with each step in pounds; for one service its cost types and the source cells behind them.

    None for a service whose amount is not known.

    Only this partner's return is read, so nothing of another can show.
    """
    alone = Study(load_definition(row.study), (load_return(row),))
    rows, grades = bridge_of(alone), grades_of(alone, harmonise_study(alone), as_of=this_year())
    measure = measure_of(rows, partner=row.partner, service=service)
    table = bridge_table(alone, rows, partner=row.partner, grades=grades, service=service, measure=measure)
    if service and len(table.rows) <= 1:  # nothing but the total, which would pass for a known zero
        return ()
    if not service:
        made_of = ledger_table(alone, partner=row.partner)
        return (table, made_of) if made_of else (table,)
    return table, cells_table(alone, rows, partner=row.partner, service=service, measure=measure)


def services_of(row: PartnerReturn) -> tuple[str, ...]:
    """Codes of the services that the return has lines of, in the order of the return."""
    return tuple(load_return(row).costs["service"].unique(maintain_order=True).to_list())


def ledger_lines_of(row: PartnerReturn, *, service: str) -> tuple[str, ...]:
    """Keys of the lines of a service that were made from ledger rows; none where the return came otherwise."""
    returned = load_return(row)
    if not returned.is_from_ledger:
        return ()
    mine = returned.costs.filter((pl.col("service") == service) & (pl.col("file") != ""))
    return tuple(mine["key"].to_list())
