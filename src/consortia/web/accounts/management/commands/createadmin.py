"""`python -m consortia.web createadmin`: prints a link that makes its user an administrator, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from consortia.web.accounts.actions import open_set_up


class Command(BaseCommand):
    """For the first administrator, and for the day when every administrator lost their password."""

    help = "Prints a link that makes its user an administrator. It works once and for one day."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address that the site is reached by."""
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="address of the site")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Opens the link and prints it."""
        path = reverse("invitation", args=[open_set_up()])
        self.stdout.write(f"{options['address'].rstrip('/')}{path}")
