"""Every address of the system; each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from traam.config import health

APPS = (
    *("dissemination", "indicators", "catalogue", "syntheses", "trials", "productions", "groups"),
    *("selection", "applications", "campaigns", "people"),
    "desk",  # its pages stand at the address of the thing: fixed words of the stages come before
    *("reference", "journal", "post", "documents", "kit"),
)
urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"traam.{app}.urls")) for app in APPS),
    path("sante/vivant", health.alive, name="alive"),
    path("sante/pret", health.ready, name="ready"),
]
handler400 = "traam.kit.errors.bad_request"
handler403 = "traam.kit.errors.forbidden"
handler404 = "traam.kit.errors.not_found"
handler429 = "traam.kit.errors.too_many"  # read by allauth
handler500 = "traam.kit.errors.server_error"
