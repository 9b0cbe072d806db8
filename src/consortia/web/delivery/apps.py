"""Django's entry for this app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.delivery"
    label = "delivery"
