"""The engine, with the arithmetic spelled out: overlaps, floors, what is left of a line, delays, contract terms."""

from __future__ import annotations

import numpy as np
import pytest

from consortia.appraisal import AppraisalError
from consortia.appraisal.distributions import Pert, Uniform
from consortia.appraisal.engine import appraise_programme, programme_model
from consortia.appraisal.measures import payback
from consortia.appraisal.paths import Growth, Survives
from consortia.appraisal.programme_results import paybacks
from consortia.appraisal.refusals import AppraisalCancelled
from consortia.appraisal.streams import Line, Programme, Settlement, Stream, Timing
from consortia.periods import FinancialYear


def stream(key="saving", planned=(0.0, 10.0, 10.0), **changes):
    usual = {"key": key, "project": key, "partner": "A", "kind": "cashable", "planned": planned}
    return Stream(**(usual | changes))


def part(key, rate, **changes):
    return stream(key, (rate,) * 3, **({"line": "legal", "of_line": True} | changes))


def programme(*streams, **changes):
    usual = {
        "partners": ("A", "B"),
        "lines": (Line(key="legal", partner="A", base=(100.0,) * 3),),
        "streams": streams,
        "base_year": FinancialYear(2024),
        "horizon": 2,
        "factors": np.array([1.0, 0.9, 0.8]),
    }
    return Programme(**(usual | changes))


def appraised(*streams, **changes):
    return appraise_programme(programme(*streams, **changes), count=16, seed=1)


def central(*streams, **changes):
    return appraised(*streams, **changes).central.flows


def test_parts_of_a_line_combine_and_are_told_apart_by_logarithms():
    """DBL-1: 10%, 15% and 5% save 27.325%, not 30%; by ln(1 - f) 9.0201, 13.9136 and 4.3913."""
    flows = central(part("a", 0.10), part("b", 0.15), part("c", 0.05))
    assert flows[:, 0] == pytest.approx([9.0201, 13.9136, 4.3913], abs=5e-5)
    assert flows[:, 0].sum() == pytest.approx(100 * (1 - 0.90 * 0.85 * 0.95))


def test_an_amount_takes_what_is_left_and_the_rest_is_unmet():
    result = appraised(part("a", 0.7), stream("b", (0.0, 20.0, 50.0), line="legal"))
    assert result.central.flows[1].tolist() == pytest.approx([0, 20, 30])  # 70 of 100 are gone
    assert result.central.unmet[1].tolist() == pytest.approx([0, 0, 20])
    assert result.unmet[0] == pytest.approx(20)


def test_amounts_come_in_the_order_of_the_streams():
    flows = central(stream("a", (60.0,) * 3, line="legal"), stream("b", (60.0,) * 3, line="legal"))
    assert flows[:, 0].tolist() == [60, 40]


def test_a_line_stays_at_its_floor():
    line = Line(key="legal", partner="A", base=(100.0,) * 3, floor=80.0)
    flows = central(part("a", 0.1), part("b", 0.2), stream("c", line="legal"), lines=(line,))
    assert flows[:, 0].sum() == pytest.approx(20)  # 1 - .9 x .8 = 28% would leave 72
    assert flows[2].tolist() == [0, 0, 0]


def test_a_stream_that_takes_all_of_a_line_leaves_nothing_to_tell_apart():
    assert central(part("a", 1.0), part("b", 0.5))[:, 0] == pytest.approx([100, 0])


def test_parts_that_cancel_out_are_told_apart_all_the_same():
    flows = central(part("a", 0.2), part("b", -0.25))[:, 0]  # .8 x 1.25 = 1
    assert flows == pytest.approx([-100 * np.log(0.8), -100 * np.log(1.25)])


def test_a_part_grows_with_its_line_and_an_amount_does_not():
    line = Line(key="legal", partner="A", base=(100.0,) * 3, path="demand")
    flows = central(
        part("a", 0.1), stream("b", (10.0,) * 3, line="legal"), lines=(line,), paths={"demand": Growth(0.5)}
    )
    assert flows[0].tolist() == pytest.approx([10, 15, 22.5])
    assert flows[1].tolist() == [10, 10, 10]


def test_a_cap_holds_a_part_in_every_draw():
    inputs = {"hope": Pert(0.5, 1, 4)}
    result = appraised(part("a", 0.1, inputs=("hope",), cap=0.12), inputs=inputs)
    assert result.net.max() == pytest.approx(12)


def test_delay_moves_a_saving_by_the_month_and_a_set_up_cost_not_at_all():
    timing = {"saving": Timing(delay_months="late"), "cost": Timing(delay_months="late")}
    cost = stream("cost", (5.0, 0.0, 0.0), kind="one_off_cost", delivered=False)
    result = appraised(stream(), cost, timings=timing, inputs={"late": Uniform(3, 3)})
    assert result.central.flows.tolist() == [[0, 7.5, 10], [5, 0, 0]]  # a quarter of the first year is lost
    assert result.worth()[0] == pytest.approx(0.9 * 7.5 + 0.8 * 10 - 5)


def test_delivery_scales_what_is_delivered():
    inputs, timing = {"delivered": Uniform(0.4, 0.4)}, {"saving": Timing(delivery="delivered")}
    assert central(stream(), inputs=inputs, timings=timing)[0].tolist() == [0, 4, 4]


def test_a_slip_is_a_year():
    inputs, timing = {"slips": Uniform(1, 1)}, {"saving": Timing(slip="slips")}
    assert central(stream(), inputs=inputs, timings=timing)[0].tolist() == [0, 0, 10]


def test_a_guarantee_pays_the_shortfall_and_a_gain_share_takes_of_the_excess():
    bounds = {"project": "saving", "partner": "A"}
    guarantee = Settlement(key="guarantee", kind="cashable", lower=(0, 12, 12), share_below=1.0, **bounds)
    gain_share = Settlement(key="gain", kind="running_cost", upper=(0, 4, 4), share_above=0.5, **bounds)
    result = appraised(stream(), settlements=(guarantee, gain_share))
    assert result.central.flows[1].tolist() == [0, 2, 2]
    assert result.central.flows[2].tolist() == [0, 3, 3]
    assert result.worth()[0] == pytest.approx((10 + 2 - 3) * (0.9 + 0.8))


def test_a_guarantee_lasts_no_longer_than_who_gives_it():
    guarantee = Settlement(
        key="g", project="saving", partner="A", kind="cashable", lower=(0, 12, 12), share_below=1.0, path="lasts"
    )
    ended = {"paths": {"lasts": Survives(1.0, "luck", first=2)}, "inputs": {"luck": Uniform(0, 1)}}
    assert central(stream(), settlements=(guarantee,), **ended)[1].tolist() == [0, 2, 0]


def test_only_counted_kinds_are_worth_anything_and_the_line_is_shared_by_all():
    result = appraised(part("a", 0.1), part("b", 0.15, kind="non_cashable"))
    assert result.net[0] == pytest.approx(result.central.total(kinds=["cashable"]))
    assert result.net[0, 0] < 10  # the part that b takes of the same pounds
    together = result.central.total(kinds=["cashable", "non_cashable"])
    assert together == pytest.approx([23.5] * 3)  # 1 - .9 x .85


def test_the_central_case_can_be_read_by_partner_project_line_and_kind():
    result = appraised(part("a", 0.1), stream("b", partner="B"), stream("c", (1.0,) * 3, kind="one_off_cost"))
    assert result.central.total(partner="B").tolist() == [0, 10, 10]
    assert result.central.total(line="legal").tolist() == pytest.approx([10] * 3)
    assert result.central.total(project="c", kinds=["one_off_cost"]).tolist() == [1, 1, 1]


def test_accounts_keep_yearly_amounts_of_every_draw():
    inputs = {"price": Pert(0.5, 1, 2)}
    one = programme(stream(inputs=("price",)), stream("b", kind="income"), inputs=inputs)
    result = appraise_programme(
        one, count=16, seed=1, label=lambda term: term.kind if term.kind == "cashable" else None
    )
    assert result.accounts == ("cashable",)
    assert result.account("cashable").shape == (17, 3)
    with pytest.raises(ValueError, match="no account 'income'"):
        result.account("income")


def test_a_programme_of_nothing_is_worth_nothing():
    result = appraised()
    assert result.worth().tolist() == [0.0] * 17
    assert result.payback.tolist() == [0.0] * 17


def test_the_paybacks_of_many_flows_are_those_of_each():
    net = np.array([[-10, 4, 8], [-10, 4, 5], [1, 1, 1], [-4, 6, -4], [-4, 9, -4], [0, -4, 8]], dtype=float)
    each = [payback(row) for row in net]
    assert paybacks(net).tolist() == [np.inf if one is None else one for one in each]


def test_the_model_of_a_programme_gives_its_worth_for_any_values_of_the_inputs():
    model = programme_model(programme(stream(inputs=("price",)), inputs={"price": Pert(0.5, 1, 1.5)}))
    assert model({"price": np.array([1.0, 2.0])}) == pytest.approx([17, 34])
    assert model({}) == pytest.approx([17])


def test_progress_is_told_and_a_stop_is_heeded():
    told = []
    appraise_programme(programme(stream()), count=16, seed=1, progress=lambda *now: told.append(now))
    assert told == [(16, 16)]
    with pytest.raises(AppraisalCancelled, match="stopped before it was finished"):
        appraise_programme(programme(stream()), count=16, seed=1, cancelled=lambda: True)


def test_a_delay_that_may_be_below_zero_is_refused_with_a_remedy():
    timing = {"saving": Timing(delay_months="late")}
    with pytest.raises(AppraisalError, match=r"'late' can be below zero.*earlier start"):
        appraised(stream(), timings=timing, inputs={"late": Uniform(-3, 9)})


def test_a_result_too_large_to_keep_is_refused_before_it_is_begun():
    with pytest.raises(AppraisalError, match=r"at most .* are kept.*draws: 16777216"):
        appraise_programme(programme(stream()), count=2**25, seed=1)


def test_a_finished_appraisal_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        appraised(stream()).npv[0] = 1
