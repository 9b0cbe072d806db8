"""What the codes that records choose from are called on the site."""

from __future__ import annotations

from consortia.report.words import msgid

EFFECT_KINDS = {
    "rate_of_line": msgid("A part of budget lines"), "amounts": msgid("Amounts by year"),
    "units": msgid("Units, their cost and volume"), "posts": msgid("Posts that end"),
    "procurement": msgid("A better price on spending"), "contract": msgid("A contract in place of a cost"),
}  # fmt: skip
COST_KINDS = {
    "redundancy": msgid("redundancy of those who leave"), "pension_strain": msgid("pension strain"),
    "ict": msgid("ICT"), "programme": msgid("programme team"), "dual_running": msgid("dual running"),
    "pay_alignment": msgid("alignment of pay"), "vat": msgid("VAT"), "contract_exit": msgid("leaving a contract"),
    "accommodation": msgid("accommodation"), "capital": msgid("capital"), "receipt": msgid("receipt (comes in)"),
    "other": msgid("other"), "by_the_month": msgid("a team or dual running, worked out by the month"),
    "system_change": msgid("a change of ICT, worked out from its parts"),
    "pay_lift": msgid("pay lifted to the best, worked out by group"),
    "lost_vat": msgid("VAT that cannot be claimed back, worked out from what is charged"),
    "partial_exemption": msgid("VAT on exempt work, worked out against its limit"),
    "early_exit": msgid("a contract left early, worked out from what is still due"),
    "office_move": msgid("a move of offices, worked out by the desk"),
    "stranded_overheads": msgid("overheads that stay behind, worked out by year"),
    "coterminous_extension": msgid("contracts extended to end together, worked out by the month"),
}  # fmt: skip
TERM_KINDS = {
    "guarantee": msgid("A guaranteed saving or income"),
    "gain_share": msgid("Gain share above a target, penalty below"),
    "profit_share": msgid("A part of the other side's profit"),
    "ratcheted_outcomes": msgid("Outcomes that rise for the same money"),
    "contribution": msgid("Money from outside each year"), "break": msgid("A break clause"),
    "default": msgid("The other side may fail"), "extension": msgid("An extension of the contract"),
}  # fmt: skip
KINDS = {"effects": EFFECT_KINDS, "costs": COST_KINDS, "terms": TERM_KINDS}
"""By part: what its kinds of record are called."""
CODES: dict[str, str] = COST_KINDS | {
    "pert": msgid("PERT"), "triangular": msgid("triangular"), "uniform": msgid("uniform"),
    "lognormal": msgid("lognormal: P10 and P90 as lowest and highest"),
    "limits": msgid("the very lowest and highest"), "p10_p90": msgid("P10 and P90: one in ten lies beyond each"),
    "remove_duplication": msgid("It removes duplication"), "share_practice": msgid("It shares good practice"),
    "build_critical_mass": msgid("It builds critical mass"), "range": msgid("by the reference range"),
    "scale_curve": msgid("by the scale curve, where it can tell"),
    "real": msgid("prices of the base year"), "nominal": msgid("cash of each year"),
    "cashable": msgid("cashable"), "non_cashable": msgid("not cashable"), "cost_avoidance": msgid("cost avoided"),
    "income": msgid("income"), "one_off_saving": msgid("saving once"),
    "at_once": msgid("at once"), "linear": msgid("in a straight line"), "logistic": msgid("along an S-curve"),
    "exponential": msgid("fast at first, then ever more slowly"), "bass": msgid("as a new thing spreads (Bass)"),
    "table": msgid("by a table"), "for_good": msgid("for good"), "years": msgid("for some years"),
    "fades": msgid("it fades"), "continue": msgid("the last amount goes on"), "stop": msgid("nothing more"),
    "capped": msgid("up to the limit by statute"), "actual": msgid("as it is"),
    "told": msgid("a warning only"), "nothing_saved": msgid("costs, and nothing saved"),
    "timing": msgid("timing"), "contract": msgid("the contract"), "estimate": msgid("the estimate"),
    "project_control": msgid("control of the project"), "demand": msgid("demand"),
    "together": msgid("only together"), "apart": msgid("never together"),
    "part_of_all_spend": msgid("all spending of all years"), "part_in_last_year": msgid("the last year's budget"),
    "sum_of_yearly_parts": msgid("each year's budget, added up"), "yearly": msgid("cashable saving a year"),
    "worth_per_pound": msgid("worth for each pound spent once"), "yearly_saving": msgid("cashable saving a year"),
    "one_off_cost": msgid("cost once"), "net_present_value": msgid("net present value"),
    "equal": msgid("in equal parts"), "budget": msgid("by budget"),
    "population": msgid("by population"), "use": msgid("by use"), "equal_charge": msgid("equal charge"),
    "scrb": msgid("separable costs, remaining benefits"), "cost_gap": msgid("cost gap"), "shapley": msgid("Shapley"),
    "equal_profit": msgid("equal profit"), "nucleolus": msgid("nucleolus"),
    "nucleolus_per_head": msgid("nucleolus by head"),
    "equal_contribution": msgid("each keeps its saving and pays an equal part of the coordination"),
    "host": msgid("host"), "buy": msgid("buyer"), "abstain": msgid("stays out"),
    "A": msgid("A: good"), "B": msgid("B: satisfactory"), "C": msgid("C: poor"), "D": msgid("D: bad"),
    "freehold": msgid("freehold"), "leasehold": msgid("leasehold"),
    "efficiency": msgid("efficiency"), "innovation": msgid("innovation"), "partnership": msgid("partnership"),
    "improvement": msgid("improvement"), "exchange": msgid("exchange of knowledge"),
    "aligned_policies": msgid("aligned policies"), "joint_solutions": msgid("joint solutions"),
    "shared_resources": msgid("shared resources"), "shared_risk": msgid("shared risk"),
    "pooled_budget": msgid("one budget"), "common_service": msgid("one service"), "none": msgid("no cooperation"),
}  # fmt: skip
