"""From the projects of a study to the programme that the engine appraises, and its results."""

from consortia.run.programme.appraised import Appraised, appraise_projects
from consortia.run.programme.compiled import Compiled, compile_programme

__all__ = ["Appraised", "Compiled", "appraise_projects", "compile_programme"]
