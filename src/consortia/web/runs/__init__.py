"""Calculations in the background, their progress, and their frozen results."""
