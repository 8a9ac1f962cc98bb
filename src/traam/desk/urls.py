"""The addresses of this app."""

from django.urls import URLPattern, path

from traam.desk import views

urlpatterns: list[URLPattern] = [
    path("tableau-de-bord/", views.dashboard, name="dashboard"),
    path("preparation/", views.preparation, name="preparation"),
]
