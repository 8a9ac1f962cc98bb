"""The addresses of the indicators."""

from django.urls import URLPattern, path

from traam.indicators import views

urlpatterns: list[URLPattern] = [
    path("indicateurs/", views.indicators, name="indicators"),
    path("indicateurs/<str:year>/<slug:measure>/", views.indicator_rows, name="indicator_rows"),
]
