"""Django's entry for this app."""

from django.apps import AppConfig


class DefinitionConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.definition"
    label = "definition"
