"""The addresses of the choice: reviews, assignment, conflicts, deliberation, announcement."""

from django.urls import URLPattern, path

from traam.selection.views import (
    announcement,
    arbitration,
    assignment,
    conflicts,
    deciding,
    decisions,
    deliberation,
    home,
    letters,
    live,
    minutes,
    pairs,
    participations,
    reviews,
    variants,
)

REVIEWS: list[URLPattern] = [
    path("selection/", home.selection_home, name="selection_home"),
    path("selection/<slug:year>/avis/", reviews.reviews, name="reviews"),
    path("selection/avis/<int:key>/", reviews.review_edit, name="review_edit"),
    path("selection/avis/<int:key>/enregistrer/", live.review_save, name="review_save"),
    path("selection/avis/<int:key>/suivi/", live.review_poll, name="review_poll"),
    path("selection/avis/<int:key>/commencer/", reviews.review_begin, name="review_begin"),
    path("selection/avis/<int:key>/version/", reviews.review_newest, name="review_newest"),
    path("selection/avis/<int:key>/decliner/", reviews.review_decline, name="review_decline"),
    path("selection/avis/<int:key>/rouvrir/", reviews.review_reopen, name="review_reopen"),
    path("selection/avis/<int:key>/reprendre/", reviews.review_unassign, name="review_unassign"),
    path("selection/<slug:year>/affectation/", assignment.assignment, name="assignment"),
    path(
        "selection/<slug:year>/affectation/confier/",
        assignment.assignment_give,
        name="assignment_give",
    ),
    path(
        "selection/<slug:year>/affectation/automatique/",
        assignment.assignment_all,
        name="assignment_all",
    ),
    path("selection/<slug:year>/conflits/", conflicts.conflicts, name="conflicts"),
    path(
        "selection/<slug:year>/conflits/verifier/",
        conflicts.conflicts_check,
        name="conflicts_check",
    ),
    path(
        "selection/<slug:year>/conflits/declarer/",
        conflicts.conflict_declare,
        name="conflict_declare",
    ),
    path("selection/conflits/<int:key>/", conflicts.conflict_settle, name="conflict_settle"),
]
ANNOUNCEMENT: list[URLPattern] = [
    path("selection/<slug:year>/annonce/", announcement.announcement, name="announcement"),
    path(
        "selection/<slug:year>/annonce/annoncer/",
        announcement.announcement_send,
        name="announcement_send",
    ),
    path(
        "selection/<slug:year>/annonce/reprendre/",
        announcement.announcement_take_back,
        name="announcement_take_back",
    ),
    path("selection/lettres/<int:key>/", letters.letter_edit, name="letter_edit"),
    path("selection/lettres/<int:key>/reecrire/", letters.letter_reset, name="letter_reset"),
    path("selection/lettres/<int:key>.pdf", letters.letter_pdf, name="letter_pdf"),
    path("selection/<slug:year>/proces-verbaux/", minutes.minutes_list, name="minutes"),
    path(
        "selection/<slug:year>/proces-verbaux/rediger/",
        minutes.minutes_write,
        name="minutes_write",
    ),
    path(
        "selection/proces-verbaux/<int:key>.<slug:form>",
        minutes.minutes_file,
        name="minutes_file",
    ),
    path(
        "selection/<slug:year>/participations/",
        participations.participations,
        name="participations",
    ),
    path(
        "selection/participations/<int:key>/<slug:act>/",
        participations.participation_act,
        name="participation_act",
    ),
    path("selection/decisions/", decisions.decisions, name="decisions"),
    path("selection/decisions/<int:key>/", decisions.decision, name="decision"),
    path("selection/decisions/<int:key>/revoir/", decisions.decision_amend, name="decision_amend"),
    path("selection/<slug:year>/reponses/", decisions.replies, name="replies"),
    path("selection/reponses/<int:key>/", decisions.reply_answer, name="reply_answer"),
]
CHOICE: list[URLPattern] = [
    path("selection/themes/<slug:code>/", deliberation.deliberation_show, name="deliberation"),
    path(
        "selection/themes/<slug:code>/et-si/",
        deliberation.deliberation_try,
        name="deliberation_try",
    ),
    path(
        "selection/themes/<slug:code>/proposition/",
        deliberation.deliberation_take,
        name="deliberation_take",
    ),
    path("selection/dossiers/<int:key>/decision/", deciding.case_decide, name="case_decide"),
    path(
        "selection/dossiers/<int:key>/decision/reprendre/",
        deciding.case_take_back,
        name="case_take_back",
    ),
    path("selection/dossiers/<int:key>/verrou/", deciding.case_lock, name="case_lock"),
    path("selection/dossiers/<int:key>/verrou/lever/", deciding.case_unlock, name="case_unlock"),
    path("selection/<slug:year>/arbitrage/", arbitration.arbitration_show, name="arbitration"),
    path(
        "selection/<slug:year>/arbitrage/proposition/",
        arbitration.arbitration_take,
        name="arbitration_take",
    ),
    path("selection/<slug:year>/incompatibles/", pairs.pairs, name="pairs"),
    path("selection/incompatibles/<int:key>/lever/", pairs.pair_lift, name="pair_lift"),
    path("selection/<slug:year>/variantes/", variants.variants, name="variants"),
    path(
        "selection/<slug:year>/variantes/calculer/",
        variants.variant_compute,
        name="variant_compute",
    ),
    path(
        "selection/<slug:year>/variantes/comparer/",
        variants.variant_compare,
        name="variant_compare",
    ),
    path("selection/variantes/<int:key>/", variants.variant_show, name="variant"),
    path("selection/variantes/<int:key>/renommer/", variants.variant_rename, name="variant_rename"),
    path(
        "selection/variantes/<int:key>/reference/",
        variants.variant_reference,
        name="variant_reference",
    ),
]
urlpatterns: list[URLPattern] = [*REVIEWS, *CHOICE, *ANNOUNCEMENT]
