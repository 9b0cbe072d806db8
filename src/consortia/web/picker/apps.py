"""Django's entry for this app."""

from django.apps import AppConfig


class PickerConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.picker"
    label = "picker"
