"""Addresses of the review of a return."""

from __future__ import annotations

from django.urls import path

from consortia.web.reviews import views

RETURN = "studies/<slug:slug>/returns/<slug:partner>/review/"

urlpatterns = [
    path(RETURN, views.review, name="review"),
    path(f"{RETURN}ask/", views.ask, name="ask"),
    path(f"{RETURN}contest/", views.contest, name="contest"),
    path(f"{RETURN}propose/", views.propose, name="propose-changes"),
    path(f"{RETURN}delegate/", views.delegate, name="delegate"),
    path(f"{RETURN}reply/<slug:key>/", views.reply, name="reply"),
    path(f"{RETURN}accept/<slug:key>/", views.accept, name="accept-change"),
    path(f"{RETURN}accept-finding/<slug:code>/", views.accept_finding, name="accept-finding"),
    path(f"{RETURN}reverse/<slug:key>/", views.reverse, name="reverse-change"),
    path(f"{RETURN}done/<slug:section>/", views.done, name="section-done"),
]
