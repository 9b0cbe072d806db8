"""Addresses of the pages on costs."""

from __future__ import annotations

from django.urls import path

from consortia.web.costs import views

urlpatterns = [
    path("studies/<slug:slug>/returns/<slug:partner>/costs/", views.costs, name="costs"),
    path("studies/<slug:slug>/targets/", views.targets, name="targets"),
]
