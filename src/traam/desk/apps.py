from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "traam.desk"
    label = "desk"
