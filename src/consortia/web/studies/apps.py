"""Django's entry for this app."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.studies"
    label = "studies"
