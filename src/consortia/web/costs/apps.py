"""Django's entry for this app."""

from django.apps import AppConfig


class CostsConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.costs"
    label = "costs"
