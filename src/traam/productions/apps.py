from django.apps import AppConfig


class ProductionsConfig(AppConfig):
    name = "traam.productions"
    label = "productions"
