"""Picking the partners of a study on the hexagon map."""
