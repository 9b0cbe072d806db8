"""Quality rules: one table of small named rules, in a fixed order, each application logged and reversible."""

from consortia.intake.quality.entries import Book, Entry
from consortia.intake.quality.rules import RULES, Rule, rule
from consortia.intake.quality.tidying import Application, Verdict, examine, tidy, untidy

__all__ = ["RULES", "Application", "Book", "Entry", "Rule", "Verdict", "examine", "rule", "tidy", "untidy"]
