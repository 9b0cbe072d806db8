"""What the registers of a study offer: proposals with their arithmetic, and the projects that they would be."""

from consortia.run.options.proposed import proposed_projects
from consortia.run.options.registers import Options, options_of
from consortia.run.options.tables import option_tables

__all__ = ["Options", "option_tables", "options_of", "proposed_projects"]
