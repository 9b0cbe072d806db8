"""Django's entry for this app."""

from django.apps import AppConfig


class MappingsConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.mappings"
    label = "mappings"
