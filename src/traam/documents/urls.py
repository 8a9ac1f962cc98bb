"""The addresses of this app."""

from django.urls import URLPattern, path

from traam.documents import views

urlpatterns: list[URLPattern] = [
    path("documents/<slug:digest>", views.document, name="document"),
]
