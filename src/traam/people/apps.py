from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "traam.people"
    label = "people"
