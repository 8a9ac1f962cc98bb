"""The addresses of the channels."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, path

from traam.dissemination import views
from traam.dissemination.api import api
from traam.dissemination.oai import views as oai

API = api.urls
for pattern in API[0]:  # nobody signs in to read the API
    if isinstance(pattern, URLPattern):
        login_not_required(pattern.callback)

urlpatterns: list[URLPattern | URLResolver] = [
    path("oai", oai.oai, name="oai"),
    path("flux/<slug:name>.atom", views.feed, name="feed"),
    path("catalogue/<slug:ark>.json", views.notice_json, name="notice_json"),
    path("sitemap.xml", views.site_map_xml, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("api/v1/", API),
]
