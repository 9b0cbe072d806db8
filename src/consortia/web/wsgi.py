"""The site as a WSGI application, for waitress or any other server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from consortia.web.data_folder import data_folder, prepare

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consortia.web.settings")
prepare(data_folder())
application = get_wsgi_application()
