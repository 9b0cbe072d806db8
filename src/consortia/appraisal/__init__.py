"""What sharing is worth: from proposals to cash flows, present values, chance of a loss."""

from consortia.appraisal.cash_flows import appraise
from consortia.appraisal.correlations import Correlations
from consortia.appraisal.dependence import Dependence
from consortia.appraisal.discounting import discount_factors
from consortia.appraisal.distributions import Lognormal, Pert, Triangular, Uniform
from consortia.appraisal.draws import Draws
from consortia.appraisal.elicitation import elicited
from consortia.appraisal.engine import appraise_programme, programme_model
from consortia.appraisal.events import Bernoulli
from consortia.appraisal.factors import ValueFactors, value_factors
from consortia.appraisal.profiles import Phasing
from consortia.appraisal.programme_results import ProgrammeAppraisal
from consortia.appraisal.proposals import ServiceCase
from consortia.appraisal.refusals import AppraisalError
from consortia.appraisal.results import Appraisal
from consortia.appraisal.risk import Risk, StandardErrors, risk_of
from consortia.appraisal.streams import Line, Programme, Settlement, Stream, Timing

__all__ = [
    "Appraisal",
    "AppraisalError",
    "Bernoulli",
    "Correlations",
    "Dependence",
    "Draws",
    "Line",
    "Lognormal",
    "Phasing",
    "Pert",
    "Programme",
    "ProgrammeAppraisal",
    "Risk",
    "ServiceCase",
    "Settlement",
    "StandardErrors",
    "Stream",
    "Timing",
    "Triangular",
    "Uniform",
    "ValueFactors",
    "appraise",
    "appraise_programme",
    "discount_factors",
    "elicited",
    "programme_model",
    "risk_of",
    "value_factors",
]
