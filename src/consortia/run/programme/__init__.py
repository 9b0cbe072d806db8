"""From the projects of a study to the programme that the engine appraises."""

from consortia.run.programme.compiled import Compiled, compile_programme

__all__ = ["Compiled", "compile_programme"]
