from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "traam.journal"
    label = "journal"
