"""Addresses for accounts."""

from __future__ import annotations

from django.urls import path

from consortia.web.accounts import views

urlpatterns = [
    path("log-in/", views.log_in, name="log-in"),
    path("log-out/", views.log_out, name="log-out"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("password/", views.password, name="password"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/end/", views.end_membership, name="end-membership"),
]
