from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "traam.applications"
    label = "applications"
