"""Addresses of the site."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from consortia.web.accounts import urls as accounts
from consortia.web.costs import urls as costs
from consortia.web.definition import urls as definition
from consortia.web.delivery import urls as delivery
from consortia.web.ledgers import urls as ledgers
from consortia.web.mappings import urls as mappings
from consortia.web.options import urls as options
from consortia.web.picker import urls as picker
from consortia.web.reviews import urls as reviews
from consortia.web.runs import urls as runs
from consortia.web.studies import urls as studies

urlpatterns = [
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include(accounts.urlpatterns)),
    path("", include(picker.urlpatterns)),
    path("", include(studies.urlpatterns)),
    path("", include(reviews.urlpatterns)),
    path("", include(ledgers.urlpatterns)),
    path("", include(mappings.urlpatterns)),
    path("", include(costs.urlpatterns)),
    path("", include(definition.urlpatterns)),
    path("", include(options.urlpatterns)),
    path("", include(runs.urlpatterns)),
    path("", include(delivery.urlpatterns)),
]

handler400 = "consortia.web.refusals.bad_request"
handler403 = "consortia.web.refusals.forbidden"
handler404 = "consortia.web.refusals.not_found"
handler500 = "consortia.web.refusals.broken"
