"""The app of options."""

from __future__ import annotations

from django.apps import AppConfig


class OptionsConfig(AppConfig):
    """What the registers of a study offer."""

    name = "consortia.web.options"
