"""How much of a project's plan is delivered, and how late: its own estimates, or those of its maturity."""

from __future__ import annotations

from consortia.appraisal.proposals import delivery_inputs
from consortia.appraisal.streams import Timing
from consortia.reference.delivery_classes import maturity_class
from consortia.run.programme.inputs import Inputs, distribution_of
from consortia.run.programme.learned import delivery_class
from consortia.study import Definition
from consortia.study.estimates import Estimate
from consortia.study.projects import Project


def timing_of(project: Project, inputs: Inputs, definition: Definition) -> Timing | None:
    """The names of the project's delivery, delay and slip; None where it is taken as it is stated.

    How much is delivered of plans of its class is what the reference has it, taught by the outturns of other projects.
    """
    own = {"delivery": project.delivery, "delay": project.delay_months}
    names = {what: _own(what, estimate, project, inputs) for what, estimate in own.items() if estimate is not None}
    if project.maturity == "as_stated":
        return Timing(delivery=names.get("delivery"), delay_months=names.get("delay")) if names else None
    known = delivery_class(project, definition)
    usual = delivery_inputs(maturity_class(project.maturity))
    for what, distribution in {**usual, "delivery": known.delivery, "slip": known.slip}.items():
        # Who states the delay has said when it comes: no slip of a year on top of it.
        if what not in names and not (what == "slip" and "delay" in names):
            shares = inputs.common(what, service=project.service, programme=project.programme)
            names[what] = inputs.draw(f"{what}|{project.key}", distribution, shares)
    return Timing(delivery=names["delivery"], delay_months=names["delay"], slip=names.get("slip"))


def _own(what: str, estimate: Estimate, project: Project, inputs: Inputs) -> str:
    shares = inputs.common(what, service=project.service, programme=project.programme)
    return inputs.draw(f"{what}|{project.key}", distribution_of(estimate), shares)
