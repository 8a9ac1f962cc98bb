from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "traam.selection"
    label = "selection"
