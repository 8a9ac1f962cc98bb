from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "traam.reference"
    label = "reference"
