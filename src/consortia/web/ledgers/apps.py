"""Django's entry for this app."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.ledgers"
    label = "ledgers"
