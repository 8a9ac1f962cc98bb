from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "traam.access"
    label = "access"
