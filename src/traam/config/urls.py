"""Every address of the system; each app keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

APPS = (
    *("desk", "dissemination", "catalogue", "campaigns", "people"),
    *("reference", "post", "documents", "kit"),
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"traam.{app}.urls")) for app in APPS
]
handler400 = "traam.kit.errors.bad_request"
handler403 = "traam.kit.errors.forbidden"
handler404 = "traam.kit.errors.not_found"
handler500 = "traam.kit.errors.server_error"
