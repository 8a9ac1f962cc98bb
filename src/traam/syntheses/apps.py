from django.apps import AppConfig


class SynthesesConfig(AppConfig):
    name = "traam.syntheses"
    label = "syntheses"
