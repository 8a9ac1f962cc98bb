from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "traam.groups"
    label = "groups"
