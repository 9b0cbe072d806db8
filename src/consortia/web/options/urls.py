"""Addresses of the pages on what registers offer."""

from __future__ import annotations

from django.urls import path

from consortia.web.options import views

urlpatterns = [
    path("studies/<slug:slug>/options/", views.options, name="options"),
    path("studies/<slug:slug>/options/project/", views.make_project, name="make-project"),
]
