"""Addresses of the mapping of a partner's ledger codes."""

from __future__ import annotations

from django.urls import path

from consortia.web.mappings import views

MAPPING = "studies/<slug:slug>/returns/<slug:partner>/mapping/"

urlpatterns = [
    path(MAPPING, views.mapping, name="mapping"),
    path(f"{MAPPING}accept/", views.accept, name="accept-mapping"),
    path(f"{MAPPING}code/<slug:side>/", views.code, name="map-code"),
    path(f"{MAPPING}apply/", views.apply, name="apply-mapping"),
    path(f"{MAPPING}discard/", views.discard, name="discard-mapping"),
]
