"""Django's entry for this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.accounts"
    label = "accounts"
