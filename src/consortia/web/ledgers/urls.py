"""Addresses of a partner's ledger."""

from __future__ import annotations

from django.urls import path

from consortia.web.ledgers import views

LEDGER = "studies/<slug:slug>/returns/<slug:partner>/ledger/"

urlpatterns = [
    path(LEDGER, views.ledger, name="ledger"),
    path(f"{LEDGER}files/<int:pk>/columns/", views.columns, name="ledger-columns"),
    path(f"{LEDGER}leave-out/", views.leave_out, name="leave-out-ledger-file"),
    path(f"{LEDGER}rows/", views.rows, name="ledger-rows"),
]
