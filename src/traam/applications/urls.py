"""The addresses of this app."""

from django.urls import URLPattern, path

from traam.applications.views import (
    acts,
    beginning,
    composing,
    editing,
    endorsing,
    lists,
    live,
    pieces,
    showing,
    timing,
)

ONE = "candidatures/<slug:code>"

urlpatterns: list[URLPattern] = [
    path(
        "preparation/campagnes/<slug:year>/questions/",
        composing.questionnaire_edit,
        name="questionnaire_edit",
    ),
    path("candidatures/", lists.applications, name="applications"),
    path("candidatures/nouvelle/", beginning.application_begin, name="application_begin"),
    path("candidatures/saisir/", beginning.application_enter, name="application_enter"),
    path("candidatures/prolongations/", timing.extensions, name="extensions"),
    path(
        "candidatures/prolongations/<int:key>/terminer/",
        timing.extension_end,
        name="extension_end",
    ),
    path("candidatures/academie/<slug:code>/", endorsing.endorse_academy, name="endorse"),
    path(f"{ONE}/modifier/", editing.application_edit, name="application_edit"),
    path(f"{ONE}/enregistrer/", live.application_save, name="application_save"),
    path(f"{ONE}/suivi/", live.application_poll, name="application_poll"),
    path(f"{ONE}/pieces/", pieces.application_pieces, name="application_pieces"),
    path(f"{ONE}/pieces/<int:key>/", pieces.application_piece, name="application_piece"),
    path(f"{ONE}/depots/<int:key>/<slug:digest>/", pieces.deposited_piece, name="deposited_piece"),
    path(f"{ONE}/personnes/", acts.application_people, name="application_people"),
    path(f"{ONE}/soumettre/", acts.application_submit, name="application_submit"),
    path(f"{ONE}/reprendre/", acts.application_take_back, name="application_take_back"),
    path(f"{ONE}/accord/", acts.application_agree, name="application_agree"),
    path(f"{ONE}/renvoyer/", acts.application_return, name="application_return"),
    path(f"{ONE}/retirer/", acts.application_withdraw, name="application_withdraw"),
    path(f"{ONE}/retablir/", acts.application_restore, name="application_restore"),
    path(f"{ONE}/rouvrir/", acts.application_reopen, name="application_reopen"),
    path(f"{ONE}/recepisse.pdf", showing.application_receipt, name="application_receipt"),
]
