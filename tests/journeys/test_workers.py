"""Processes and clusters that share the draws of a command: the same figures, and what is refused."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNCERTAIN = ROOT / "examples" / "cases" / "other-terms.yaml"


def test_two_processes_print_the_same_figures_as_one(consortia) -> None:
    alone = consortia("appraise", UNCERTAIN, "--json")
    shared = consortia("appraise", UNCERTAIN, "--json", "--workers", "2")
    assert shared.returncode == 0, shared.stderr
    assert shared.stdout == alone.stdout


def test_processes_and_a_cluster_at_once_are_refused(consortia) -> None:
    said = consortia("appraise", UNCERTAIN, "--workers", "2", "--scheduler", "tcp://127.0.0.1:1")
    assert said.returncode != 0
    assert "Ask for one of them." in said.stderr


def test_no_workers_are_refused_with_a_sentence(consortia) -> None:
    said = consortia("run", ROOT / "examples" / "lancashire-fifteen", "--workers", "0")
    assert said.returncode != 0
    assert "0 workers cannot work." in said.stderr
