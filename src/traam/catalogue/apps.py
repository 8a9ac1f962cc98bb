from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "traam.catalogue"
    label = "catalogue"
