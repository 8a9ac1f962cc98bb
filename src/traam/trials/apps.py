from django.apps import AppConfig


class TrialsConfig(AppConfig):
    name = "traam.trials"
    label = "trials"
