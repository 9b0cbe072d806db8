"""Addresses of runs, below a study."""

from __future__ import annotations

from django.urls import path

from consortia.web.runs import agreement_views, group_views, views

urlpatterns = [
    path("studies/<slug:slug>/runs/", views.start, name="start-run"),
    path("studies/<slug:slug>/runs/<int:number>/", views.run, name="run"),
    path("studies/<slug:slug>/compare/", views.compare, name="compare-runs"),
    path("studies/<slug:slug>/runs/<int:number>/cancel/", views.cancel, name="cancel-run"),
    path("studies/<slug:slug>/runs/<int:number>/projects/", views.projects, name="run-projects"),
    path("studies/<slug:slug>/runs/<int:number>/groups/", group_views.groups, name="run-groups"),
    path("studies/<slug:slug>/runs/<int:number>/agreement/", agreement_views.agreement, name="run-agreement"),
    path("studies/<slug:slug>/runs/<int:number>/tables/<slug:key>/", views.table, name="run-table"),
    path("studies/<slug:slug>/runs/<int:number>/figures/<path:key>", views.figure, name="figure"),
    path("studies/<slug:slug>/runs/<int:number>/release/", views.release, name="release-run"),
    path("studies/<slug:slug>/returns/<str:partner>/release/", views.release_own, name="release-return"),
    path("studies/<slug:slug>/runs/<int:number>/papers/<str:name>", views.paper, name="paper"),
]
