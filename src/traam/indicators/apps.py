from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "traam.indicators"
    label = "indicators"
