"""What sharing is worth: from proposals to cash flows, present values, chance of a loss."""

from consortia.appraisal.cash_flows import appraise
from consortia.appraisal.correlations import Correlations
from consortia.appraisal.discounting import discount_factors
from consortia.appraisal.distributions import Pert, Triangular
from consortia.appraisal.draws import Draws
from consortia.appraisal.factors import ValueFactors, value_factors
from consortia.appraisal.profiles import Phasing
from consortia.appraisal.proposals import ServiceCase
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.results import Appraisal
from consortia.appraisal.risk import Risk, StandardErrors, risk_of

__all__ = [
    "Appraisal",
    "AppraisalError",
    "Correlations",
    "Draws",
    "Phasing",
    "Pert",
    "Risk",
    "ServiceCase",
    "StandardErrors",
    "Triangular",
    "ValueFactors",
    "appraise",
    "discount_factors",
    "risk_of",
    "value_factors",
]
