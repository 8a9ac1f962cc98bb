"""The addresses of this app."""

from django.urls import URLPattern, path

from traam.desk import views

urlpatterns: list[URLPattern] = [
    path("tableau-de-bord/", views.dashboard, name="dashboard"),
    path("preparation/", views.preparation, name="preparation"),
    path("candidatures/<slug:code>/", views.application_show, name="application_show"),
]
