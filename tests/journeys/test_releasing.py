"""A partner's own figures among few: no case is agreed, and no paper shows them, before it has let the others see."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import Consortia


@pytest.fixture(scope="module")
def with_own(consortia: Consortia, study_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study, run, with a return of Ceredigion's own in place of the published one."""
    folder = tmp_path_factory.mktemp("release") / "three"
    shutil.copytree(study_folder, folder)
    form = folder / "own.xlsx"
    consortia("template", folder, form, "--partner", "Ceredigion", "--filled")
    loaded = consortia("intake", folder, form, "--partner", "Ceredigion")
    assert loaded.returncode == 0, loaded.stderr
    assert consortia("run", folder).returncode == 0
    return folder


def test_a_case_waits_until_who_could_be_worked_out_has_released(consortia: Consortia, with_own: Path) -> None:
    refused = consortia("agree", with_own, "--by", "A. Leader")
    assert refused.returncode != 0
    assert "Ceredigion" in refused.stderr
    assert "consortia release" in refused.stderr
    released = consortia("release", with_own, "--partner", "Ceredigion", "--by", "C. Treasurer")
    assert released.returncode == 0, released.stderr
    agreed = consortia("agree", with_own, "--by", "A. Leader")
    assert agreed.returncode == 0, agreed.stderr


def test_the_paper_of_another_partner_withholds_what_would_give_it_away(
    consortia: Consortia, with_own: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "three"
    shutil.copytree(with_own, folder)
    form = folder / "own.xlsx"
    consortia("intake", folder, form, "--partner", "Ceredigion")  # sent anew: the release of before holds no longer
    written = consortia("papers", folder, "--viewer", "Powys", "--to", folder / "for-powys")
    assert written.returncode == 0, written.stderr
    text = (folder / "for-powys" / "decision-paper.en.html").read_text(encoding="utf-8")
    assert "have released their returns: Ceredigion" in text
    assert not list((folder / "for-powys").glob("*.xlsx"))


def test_the_analyst_is_told_that_her_papers_are_not_for_the_partners(
    consortia: Consortia, with_own: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "three"
    shutil.copytree(with_own, folder)
    consortia("intake", folder, folder / "own.xlsx", "--partner", "Ceredigion")
    said = consortia("papers", folder, "--to", tmp_path / "papers")
    assert "figures that are not released: those of Ceredigion" in said.stderr


def test_a_published_return_has_nothing_to_release(consortia: Consortia, with_own: Path) -> None:
    refused = consortia("release", with_own, "--partner", "Powys", "--by", "P. Treasurer")
    assert refused.returncode != 0
    assert "are published" in refused.stderr
