"""`python -m consortia.web addstudy FOLDER`: puts a study folder on the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from consortia.errors import ConsortiaError
from consortia.study import read_study
from consortia.web.accounts.actions import FIRST_OFFICE
from consortia.web.accounts.models import Organisation
from consortia.web.ledgers.folders import take_ledgers
from consortia.web.studies.actions import create_study


class Command(BaseCommand):
    """For a study that was begun on the command line."""

    help = "Puts a study folder on the site. Its analysts are those of the organisation named."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder, and whose study it becomes."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--organisation", default=FIRST_OFFICE, help="code of the organisation that runs it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Reads the folder, keeps it, and prints its address."""
        try:
            owner = Organisation.objects.get(code=options["organisation"])
            with transaction.atomic():
                row = create_study(read_study(options["folder"]), owner=owner, by=None)
                take_ledgers(row, options["folder"])
        except Organisation.DoesNotExist:
            raise CommandError(f"There is no organisation {options['organisation']} on this site.") from None
        except ConsortiaError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"/studies/{row.slug}/")
