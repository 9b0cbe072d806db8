"""A small paper: three invented councils and three services, with every kind of cell that a real one has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from consortia.findings import Finding, Place, Severity
from consortia.report.caveats import STANDARD_CAVEATS
from consortia.report.figures import Figure, FigureBook, Ingredient, SourceCell
from consortia.report.paper import Fan, HexCell, HexMap, PaperContent, PartnerName, Span, Stamp, Summary
from consortia.report.paper_tables import (
    alternatives_table,
    assumption_table,
    cash_flow_table,
    comparison_table,
    decision_table,
    partner_table,
    runners_up_table,
    uncertainty_table,
)
from consortia.report.rows import (
    AlternativeRow,
    AssumptionRow,
    ComparisonRow,
    DecisionRow,
    PartnerRow,
    RunnerUpRow,
    SensitivityRow,
    ShareRow,
    StabilityRow,
)
from consortia.report.sharing_tables import share_table, stability_table
from consortia.report.words import Absent, Quantity
from consortia.study.definition import Text

ALDER = Text(en="Alderbrook", cy="Nant y Wern")
BRYN = Text(en="Brynmoor", cy="Bryn-y-waun")
CASTLE = Text(en="Castle Vale", cy="Dyffryn y Castell")
TAX = Text(en="Council tax collection", cy="Casglu'r dreth gyngor")
LEGAL = Text(en="Legal services", cy="Gwasanaethau cyfreithiol")
WASTE = Text(en="Waste collection", cy="Casglu gwastraff")
COLLABORATION = Text(en="Collaboration", cy="Cydlafurio")
YEARS = tuple(f"{year}-{(year + 1) % 100:02d}" for year in range(2024, 2035))
PERIOD = "2024-25 to 2034-35"
BASE = "2024-25"


@pytest.fixture
def book() -> FigureBook:
    """One figure that stands on two others, an assumption and two source cells."""
    figures = (
        Figure(
            "tax.npv",
            1_234_567.0,
            "£",
            PERIOD,
            "2024-25",
            "DF × (saving − cost)",
            ("tax.saving", "discount_rate"),
        ),
        Figure("tax.saving", 210_000.0, "£ a year", "steady state", "2024-25", "C × p", ("cell.a", "cell.b")),
    )
    ingredients = (Ingredient("discount_rate", 0.035, "a year", "HM Treasury, Green Book", "2026-02", "V"),)
    cells = (
        SourceCell("cell.a", Decimal("1500000"), "RSX 2024-25", "RSX", "Q12", "Council tax collection, employees"),
        SourceCell("cell.b", None, "RSX 2024-25", "RSX", "Q13", "Council tax collection, running expenses"),
    )
    return FigureBook(figures, ingredients, cells)


@pytest.fixture
def content(book: FigureBook) -> PaperContent:
    """The whole paper."""
    money = {"period": PERIOD, "price_base": BASE}
    return PaperContent(
        title=Text(en="Three councils: what to share", cy="Tri chyngor: beth i'w rannu"),
        partners=(PartnerName("A", ALDER), PartnerName("B", BRYN), PartnerName("C", CASTLE)),
        base_year=BASE,
        horizon_years=10,
        discounting="HM Treasury Green Book 2026, 3.5% a year",
        summary=Summary(
            services_considered=3, shared=(TAX, WASTE), not_shared=(LEGAL,), low=-210_000.0, middle=2_345_678.0,
            high=5_100_000.0, chance_of_loss=0.137, setup=640_000.0, saving=450_000.0, payback=4.2,
            gainers=(ALDER, BRYN), losers=(CASTLE,), unstable=(WASTE,), keys={"middle": "tax.npv"},
        ),
        alternatives=alternatives_table(
            [
                AlternativeRow("Do nothing", 0.0, -2_345_678.0),
                AlternativeRow("All partners together", 1_900_000.0, -445_678.0, "For every service."),
            ],
            **money,
        ),
        decision=decision_table(_decision_rows(), **money),
        by_partner=partner_table(_partner_rows(), **money),
        cash_flow=cash_flow_table(
            [(ALDER, [0.0, -90_000.0, *[120_000.0] * 9]), (CASTLE, [0.0, -9_400.0, *[310.0] * 9])],
            YEARS,
            price_base=BASE,
        ),
        comparison=comparison_table(_comparison_rows(), period=BASE, price_base=BASE, notes=()),
        shares=share_table(
            [
                ShareRow(ALDER, 1.0, {"budget": 1_000_000.0, "equal": 800_000.0, "shapley": 950_000.0}),
                ShareRow(CASTLE, 1.0, {"budget": 1.0, "equal": 800_000.0, "shapley": None}),
            ],
            agreed="budget",
            **money,
        ),
        stability=stability_table(
            [
                StabilityRow(TAX, (ALDER, BRYN), "shapley", True),
                StabilityRow(WASTE, (ALDER, BRYN, CASTLE), "equal", False, leavers=(ALDER, BRYN), gain=44_000.0),
            ],
            **money,
        ),
        runners_up=runners_up_table(
            [
                RunnerUpRow(TAX, 1, "Alderbrook, Brynmoor | Castle Vale", 1_234_567.0, 0.0, "tax.npv"),
                RunnerUpRow(TAX, 2, "Do nothing", 0.0, 1_234_567.0),
            ],
            proof="Proved: no other grouping of the partners is worth more for any service, within the conditions.",
            **money,
        ),
        uncertainty=uncertainty_table(
            [SensitivityRow("Cost of each pair", Quantity(0.01, "percent"), 1_500_000.0, -845_678.0, 1, (WASTE,))],
            **money,
        ),
        assumptions=assumption_table(_assumption_rows()),
        findings=(
            Finding(
                "not-known", Severity.WARNING, "{partner} gives no figure for {service}.", "Ask the partner.",
                Place("RSX 2024-25", "RSX", "Q13"), (("partner", "Castle Vale"), ("service", "Legal services")),
            ),
        ),
        caveats=STANDARD_CAVEATS,
        by_service=(
            Span(TAX, 100_000.0, 1_234_567.0, 2_900_000.0), Span(WASTE, -310_000.0, 1_111_111.0, 2_200_000.0),
        ),
        fan=Fan(
            YEARS,
            tuple(-300_000.0 + 20_000.0 * t * t for t in range(11)),
            tuple(-250_000.0 + 50_000.0 * t * t for t in range(11)),
            tuple(-200_000.0 + 80_000.0 * t * t for t in range(11)),
        ),
        maps=(
            HexMap(TAX, (HexCell("A", ALDER, 0, 0, 1), HexCell("B", BRYN, 1, 0, 1), HexCell("C", CASTLE, 0, 1, 0))),
            HexMap(WASTE, (HexCell("A", ALDER, 0, 0, 1), HexCell("B", BRYN, 1, 0, 2), HexCell("C", CASTLE, 0, 1, 2))),
        ),
        stamp=Stamp("ab12cd34", "0.1.0", "2026.1", date(2026, 11, 21), 4096, 20_260_401),
        figures=book,
    )  # fmt: skip


def _decision_rows() -> list[DecisionRow]:
    return [
        DecisionRow(
            TAX, (ALDER, BRYN), COLLABORATION, 100_000.0, 1_234_567.0, 2_900_000.0, 0.08, 3.4, (ALDER, BRYN), True,
            keys={"middle": "tax.npv"},
        ),
        DecisionRow(
            WASTE, (ALDER, BRYN, CASTLE), COLLABORATION, -310_000.0, 1_111_111.0, 2_200_000.0, 0.002, Absent.NEVER,
            (ALDER,), False, "Alderbrook and Brynmoor would do better without Castle Vale.",
        ),
        DecisionRow(LEGAL, (), None, None, None, None, None, None, (), None, "Every group costs more than it saves."),
    ]  # fmt: skip


def _partner_rows() -> list[PartnerRow]:
    return [
        PartnerRow(ALDER, 2, 300_000.0, 250_000.0, 90_000.0, 1_500_000.0, 2_800_000.0, 1_300_000.0, 0.06, 3.1),
        PartnerRow(CASTLE, 1, 40_000.0, 310.0, -90_000.0, -20_000.0, 60_000.0, 180_000.0, 0.61, Absent.NEVER),
    ]


def _comparison_rows() -> list[ComparisonRow]:
    return [
        ComparisonRow(TAX, ALDER, 1_500_000.0, "Residents", 98_000.0, 15.31, 14.2, 3, 13.9, 15),
        ComparisonRow(TAX, CASTLE, None, "Residents", 41_000.0, None, 14.2, 3),
        ComparisonRow(WASTE, CASTLE, Absent.NOT_PROVIDED, "Residents", 41_000.0, Absent.NOT_PROVIDED, 30.0, 2),
    ]


def _assumption_rows() -> list[AssumptionRow]:
    return [
        AssumptionRow(
            "saving.tax", "Saving, revenues and benefits", Quantity(-0.03, "percent"), Quantity(0.01, "percent"),
            Quantity(0.08, "percent"), "of addressable cost", "methods 8.3", "2026-10", "J",
        ),
        AssumptionRow(
            "discount_rate", "Discount rate", None, Quantity(0.035, "percent"), None, "a year",
            "HM Treasury, Green Book", "2026-02", "V",
        ),
    ]  # fmt: skip
