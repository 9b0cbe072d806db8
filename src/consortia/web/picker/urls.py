"""Address of the map that partners are picked from."""

from __future__ import annotations

from django.urls import path

from consortia.web.picker import views

urlpatterns = [path("studies/new/map/", views.pick, name="pick-councils")]
