"""Addresses of the maps that partners are picked from."""

from __future__ import annotations

from django.urls import path

from consortia.web.picker import views

urlpatterns = [
    path("studies/new/map/", views.pick, name="pick-councils"),
    path("studies/<slug:slug>/partners/map/", views.pick_more, name="pick-partners"),
    path("studies/<slug:slug>/partners/", views.add, name="add-partners"),
]
