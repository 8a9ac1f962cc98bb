"""The addresses of this app."""

from django.urls import URLPattern, path

from traam.journal import views

urlpatterns: list[URLPattern] = [
    path("preparation/journal/", views.journal_entries, name="journal_entries"),
]
