"""The addresses of the vocabularies, for the pilot."""

from django.urls import URLPattern, path

from traam.reference import views

HOUSE = "preparation/referentiels/"
TERM = f"{HOUSE}termes/<int:key>/"

urlpatterns: list[URLPattern] = [
    path(HOUSE, views.vocabularies, name="vocabularies"),
    path(f"{HOUSE}charger/", views.load, name="vocabulary_load"),
    path(TERM, views.term, name="term"),
    path(f"{TERM}rapprocher/", views.merge, name="term_merge"),
    path(f"{TERM}separer/", views.separate, name="term_separate"),
    path(f"{TERM}confirmer/", views.confirm, name="term_confirm"),
    path(f"{TERM}ecritures/", views.add_writing, name="term_add_writing"),
    path(f"{HOUSE}<slug:code>/<str:edition>/", views.vocabulary, name="vocabulary"),
]
