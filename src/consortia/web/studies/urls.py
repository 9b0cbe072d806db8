"""Addresses of studies and returns."""

from __future__ import annotations

from django.urls import path

from consortia.web.studies import views

urlpatterns = [
    path("", views.studies, name="studies"),
    path("studies/new/", views.new, name="new-study"),
    path("studies/<slug:slug>/", views.study, name="study"),
    path("studies/<slug:slug>/export.zip", views.export, name="export"),
    path("studies/<slug:slug>/history/", views.history, name="history"),
    path("studies/<slug:slug>/returns/<slug:partner>/", views.partner_return, name="return"),
    path("studies/<slug:slug>/returns/<slug:partner>/workbook.xlsx", views.workbook, name="return-workbook"),
    path("studies/<slug:slug>/returns/<slug:partner>/bridge/", views.bridge, name="bridge"),
    path("studies/<slug:slug>/returns/<slug:partner>/sign/", views.sign, name="sign"),
    path("studies/<slug:slug>/returns/<slug:partner>/withdraw/", views.withdraw, name="withdraw"),
    path("studies/<slug:slug>/returns/<slug:partner>/uploads/<int:pk>/", views.upload, name="upload"),
]
