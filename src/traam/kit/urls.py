"""The addresses of this app."""

from django.urls import URLPattern, path

from traam.kit import views

urlpatterns: list[URLPattern] = [path("composants/", views.show_components, name="components")]
