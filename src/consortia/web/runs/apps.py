"""Django's entry for this app."""

from django.apps import AppConfig


class RunsConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.runs"
    label = "runs"
