"""The addresses of this app; and of the page of jobs: it is `kit`'s, which knows no right."""

from django.urls import URLPattern, path

from traam.access.web import right_required
from traam.kit import jobs_views
from traam.post import views

_jobs_right = right_required("jobs.read")

urlpatterns: list[URLPattern] = [
    path("tableau-de-bord/messages/", views.my_messages, name="my_messages"),
    path("tableau-de-bord/messages/<int:message>/", views.my_message, name="my_message"),
    path(
        "tableau-de-bord/messages/<int:message>/<slug:digest>",
        views.my_message_file,
        name="my_message_file",
    ),
    path("preparation/courrier/", views.outbox, name="outbox"),
    path("preparation/courrier/<int:message>/relancer/", views.relaunch, name="message_relaunch"),
    path("preparation/taches/", _jobs_right(jobs_views.jobs_list), name="jobs"),
    path(
        "preparation/taches/<uuid:key>/relancer/",
        _jobs_right(jobs_views.relaunch),
        name="job_relaunch",
    ),
]
