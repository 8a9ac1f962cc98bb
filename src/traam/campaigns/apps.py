from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "traam.campaigns"
    label = "campaigns"
