from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "traam.post"
    label = "post"
