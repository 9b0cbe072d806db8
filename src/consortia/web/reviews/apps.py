"""Django's entry for this app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Names the app by its folder."""

    name = "consortia.web.reviews"
    label = "reviews"
