from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "traam.kit"
    label = "kit"
