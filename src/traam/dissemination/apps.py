from django.apps import AppConfig


class DisseminationConfig(AppConfig):
    name = "traam.dissemination"
    label = "dissemination"
