"""What the registers offer, as tables with the arithmetic of each line; pounds of the base year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from consortia.appraisal.buildings import CoLocation
from consortia.appraisal.contracts import LetTogether, first_day_together
from consortia.appraisal.effects import PooledCategory
from consortia.appraisal.posts import MergedRole
from consortia.appraisal.systems import Convergence
from consortia.reference.parameters import parameter
from consortia.report.tables import Column, Table
from consortia.report.words import Absent, Cell, Kind, Quantity, Words, msgid, say
from consortia.run.options.registers import Options, Takeovers, better_price
from consortia.study import Definition, Text

EACH_YEAR = msgid("a full year")


def option_tables(options: Options, definition: Definition) -> tuple[Table, ...]:
    """One table for each register that offers something."""
    return tuple(
        table
        for table in (
            roles_table(options.roles, definition),
            buildings_table(options.buildings, definition),
            systems_table(options.systems, definition),
            takeovers_table(options.takeovers, definition),
            contracts_table(options.contracts, definition),
            spending_table(options.spending, definition),
        )
        if table.rows
    )


def roles_table(roles: Sequence[MergedRole], definition: Definition) -> Table:
    """Posts of one role at several partners: what they cost now, what a shared one costs, who saves what."""
    partners = [one for one in definition.partners if any(one.code in role.shares for role in roles)]
    saved = tuple(Column(one.code, one.name, "money") for one in partners)
    return Table(
        "register_posts",
        msgid("Posts that could be shared"),
        msgid("As many posts are kept as the partner with most of them has now, paid for in equal parts."),
        (
            *_columns(role="text", posts="number", kept="number"),
            *_columns(before="money", after="money", saving="money"),
            *saved,
            *_columns(sum="text"),
        ),
        tuple(_role(role, [one.code for one in partners]) for role in roles),
        notes=(
            say(
                msgid("A shared post is paid {part} more than the best paid now: judgement."),
                part=Quantity(parameter("shared_post_uplift").number, "percent"),
            ),
            msgid("A post is saved once: take it out here if another project ends it."),
        ),
        period=EACH_YEAR,
        price_base=definition.base_year,
    )


def _role(role: MergedRole, partners: Sequence[str]) -> tuple[Cell, ...]:
    saved = (role.saving_of(code) if code in role.shares else Absent.NOT_APPLICABLE for code in partners)
    now = sum(post.fte for post in role.posts)
    return role.role, now, role.kept, role.before, role.after, role.saving, *saved, role.arithmetic


def buildings_table(found: Sequence[CoLocation], definition: Definition) -> Table:
    """Buildings of one place that could be left, with what it takes."""
    names = {one.key: one.title for one in definition.buildings}
    return Table(
        "register_buildings",
        msgid("Buildings that could be left"),
        msgid("Of every choice with room for everybody, the one that is worth most over the years of the study."),
        (
            *_columns(place="text", leave="text", keep="text"),
            *_columns(saving="money", once="money", repairs="money"),
            *_columns(receipt="money", lease="text"),
            *_columns(sum="text"),
        ),
        tuple(
            (
                one.place,
                tuple(names[building.key] for building in one.leave),
                tuple(names[building.key] for building in one.keep),
                one.saving,
                one.once,
                one.backlog_avoided,
                one.receipt,
                _day(one.from_day),
                one.arithmetic,
            )
            for one in found
        ),
        notes=(
            say(
                msgid(
                    "A building is filled to at most {part} and moving costs {cost} for each square metre: judgement."
                ),
                part=Quantity(parameter("building_fill").number, "percent"),
                cost=Quantity(parameter("building_move_cost").number, "money"),
            ),
        ),
        period=EACH_YEAR,
        price_base=definition.base_year,
    )


def systems_table(found: Sequence[Convergence], definition: Definition) -> Table:
    """Systems of one purpose that could become one."""
    names = {one.key: one.title for one in definition.systems}
    return Table(
        "register_systems",
        msgid("Systems that could become one"),
        msgid("Each system moves when its contract ends, where the other can take over its data and users."),
        (
            *_columns(purpose="text", keep="text", moves="text"),
            *_columns(saving="money", once="money", ends="text"),
            *_columns(apart="text", cannot="text"),
            *_columns(sum="text"),
        ),
        tuple(
            (
                one.purpose,
                names[one.target.key],
                tuple(names[move.system.key] for move in one.moves),
                one.saving,
                one.once,
                _day(one.last_day),
                tuple(names[move.system.key] for move in one.not_worth),
                tuple(names[system.key] for system in one.incompatible),
                tuple(move.arithmetic for move in one.moves),
            )
            for one in found
        ),
        period=EACH_YEAR,
        price_base=definition.base_year,
    )


def takeovers_table(found: Sequence[Takeovers], definition: Definition) -> Table:
    """Which system can take over the data and users of which other."""
    names = {one.key: one.title for one in definition.systems}
    rows = [
        (one.purpose, names[system.key], tuple(names[other.key] for other in one.taken_over_by(system)))
        for one in found
        for system in one.systems
    ]
    return Table(
        "register_takeovers",
        msgid("Which system can take over which"),
        msgid("As the register says of data and users; where nothing stands, nobody has said that it can."),
        _columns(purpose="text", system="text", takes="text"),
        tuple(rows),
    )


def spending_table(found: Sequence[PooledCategory], definition: Definition) -> Table:
    """What the partners buy under contracts, by category: what could come to the market together, and its worth."""
    names = {one.code: one.name for one in definition.partners}
    return Table(
        "register_spending",
        msgid("Spend that could be bought together"),
        msgid("By category, the most attractive to the market first; a category that one partner buys pools nothing."),
        _columns(category="text", partners="text", spend="money", open="money", pooled="money"),
        tuple(
            (one.category, tuple(names[code] for code in one.partners), one.spend, one.open_spend, one.saving)
            for one in found
        ),
        notes=(
            say(
                msgid("Open is what can end within the years of the study; a better price is {part} of it: judgement."),
                part=Quantity(better_price(), "percent"),
            ),
        ),
        period=EACH_YEAR,
        price_base=definition.base_year,
    )


def contracts_table(found: Sequence[LetTogether], definition: Definition) -> Table:
    """Contracts of one category with the first day on which most spend can be let together."""
    names = {one.key: one.title for one in definition.contracts}
    lead = parameter("tender_lead_months")
    return Table(
        "register_contracts",
        msgid("Contracts that could be let together"),
        msgid("The day on which most spend can come to the market at once, by waiting, extending or breaking."),
        (
            *_columns(category="text", day="text", begin="text"),
            *_columns(contracts="text", spend="money", extend="text"),
            *_columns(broken="text", exit="money", apart="text", all="text"),
        ),
        tuple(
            (
                one.category,
                one.day.isoformat(),
                one.begin_by(int(lead.number)).isoformat(),
                tuple(names[contract.key] for contract in one.together),
                one.annual_spend,
                tuple(_months(names[contract.key], months) for contract, months in one.extended),
                tuple(_months(names[contract.key], months) for contract, months in one.broken),
                one.exit_cost,
                tuple(names[contract.key] for contract in one.apart),
                _day(first_day_together((*one.together, *one.apart))),
            )
            for one in found
        ),
        period=EACH_YEAR,
        price_base=definition.base_year,
    )


def _months(name: Text, months: float) -> Words:
    return say(msgid("{contract} ({months} months)"), contract=name, months=Quantity(months, "number"))


def _day(day: date | None) -> Cell:
    return day.isoformat() if day else Absent.NOT_APPLICABLE


def _columns(**kinds: Kind) -> tuple[Column, ...]:
    """Columns by key, with the kind of each."""
    return tuple(Column(key, TITLES[key], kind) for key, kind in kinds.items())


TITLES = {
    "role": msgid("Role"), "posts": msgid("Posts now"), "kept": msgid("Posts kept"), "before": msgid("Cost now"),
    "after": msgid("Cost afterwards"), "saving": msgid("Saving"), "place": msgid("Place"), "leave": msgid("Leave"),
    "keep": msgid("Keep"), "once": msgid("Cost once"), "repairs": msgid("Repairs avoided"),
    "receipt": msgid("Receipt"), "lease": msgid("Last lease can end"), "purpose": msgid("Purpose"),
    "moves": msgid("Moves to it"), "ends": msgid("Last contract ends"), "apart": msgid("Stays apart"),
    "cannot": msgid("Cannot move"), "category": msgid("Category"), "day": msgid("Day"), "begin": msgid("Begin by"),
    "contracts": msgid("Contracts"), "spend": msgid("Spend"), "extend": msgid("Extend"),
    "broken": msgid("End early"), "exit": msgid("Cost of ending early"), "sum": msgid("Sum"),
    "all": msgid("All could end on"), "system": msgid("System"), "takes": msgid("Can take over"),
    "partners": msgid("Partners"), "open": msgid("Open to the market"), "pooled": msgid("Saving by a better price"),
}  # fmt: skip
