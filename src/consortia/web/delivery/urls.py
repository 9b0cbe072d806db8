"""Addresses of the agreed case and the savings account, below a study."""

from __future__ import annotations

from django.urls import path

from consortia.web.delivery import views

urlpatterns = [
    path("studies/<slug:slug>/runs/<int:number>/agree/", views.agree, name="agree-case"),
    path("studies/<slug:slug>/account/", views.account, name="account"),
    path("studies/<slug:slug>/account/files/<int:pk>/withdraw/", views.withdraw, name="withdraw-actuals"),
]
