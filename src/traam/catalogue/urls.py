"""The addresses of the catalogue: the public pages, and the pilot's loads."""

from django.urls import URLPattern, path

from traam.catalogue import archive_views, edit_views, house_views, load_views, views
from traam.catalogue import public_syntheses as syntheses
from traam.catalogue.publishing import production_views as productions
from traam.catalogue.publishing import synthesis_views as written

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("catalogue/", views.search, name="search"),
    path("catalogue/<slug:ark>/", views.notice, name="notice"),
    path("catalogue/<slug:ark>/corriger/", edit_views.correct, name="notice_correct"),
    path("catalogue/<slug:ark>/retirer/", edit_views.withdraw, name="notice_withdraw"),
    path("catalogue/<slug:ark>/reprendre/", productions.notice_take_up, name="notice_take_up"),
    path("productions/<slug:code>/publier/", productions.publish, name="production_publish"),
    path("productions/<slug:code>/retirer/", productions.withdraw, name="production_withdraw"),
    path("syntheses/", syntheses.syntheses, name="public_syntheses"),
    path("syntheses/<slug:ark>/", syntheses.synthesis, name="public_synthesis"),
    path("constats/<slug:id>/", syntheses.finding, name="public_finding"),
    path("redaction/<slug:code>/publier/", written.publish, name="synthesis_publish"),
    path("redaction/<slug:code>/erratum/", written.correct, name="synthesis_erratum"),
    path("ark:/<slug:naan>/<slug:name>", views.ark, name="ark"),
    path("ark:<slug:naan>/<slug:name>", views.ark, name="ark_without_slash"),
    path("campagnes/", archive_views.campaigns, name="campaigns"),
    path("campagnes/<slug:year>/", archive_views.campaign, name="campaign"),
    path("themes/<slug:code>/", archive_views.theme, name="theme"),
    path("academies/", archive_views.academies, name="academies"),
    path("academies/<slug:code>/", archive_views.academy, name="academy"),
    path("accessibilite/", house_views.show_accessibility, name="accessibility"),
    path("mentions-legales/", house_views.show_legal, name="legal"),
    path("donnees-personnelles/", house_views.show_personal_data, name="personal_data"),
    path("cookies/", house_views.show_cookies, name="cookies"),
    path("plan-du-site/", house_views.show_site_map, name="site_map"),
    path("aide/", house_views.show_help, name="help"),
    *load_views.urlpatterns,
]
