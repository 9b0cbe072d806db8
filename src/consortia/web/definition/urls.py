"""Addresses of the pages on the definition of a study."""

from __future__ import annotations

from django.urls import path

from consortia.web.definition import views

urlpatterns = [
    path("studies/<slug:slug>/definition/", views.definition, name="definition"),
    path("studies/<slug:slug>/definition/<slug:part>/", views.change, name="change-record"),
    path("studies/<slug:slug>/definition/<slug:part>/remove/", views.remove, name="remove-record"),
]
