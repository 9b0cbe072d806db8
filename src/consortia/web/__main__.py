"""Django's management commands: `python -m consortia.web COMMAND`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

from consortia.web.data_folder import data_folder, prepare

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consortia.web.settings")
    prepare(data_folder())
    execute_from_command_line(sys.argv)
