from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "traam.documents"
    label = "documents"
