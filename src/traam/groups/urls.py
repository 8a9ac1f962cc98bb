"""The addresses of the groups: teams, space, hours, launch, loads; meetings, due dates, feeds."""

from django.urls import URLPattern, path

from traam.groups.calendar_urls import DUES, FEEDS, MEETINGS
from traam.groups.views import groups, hours, launching, loading, space, teams

_TEAM = "groupes/equipes/<slug:code>"
_GROUP = "groupes/<slug:code>"
# Fixed words come before `groupes/<slug:code>/`, which takes any of them for a group's code.
FIXED: list[URLPattern] = [
    path("groupes/", groups.groups, name="groups"),
    path("groupes/lancement/<slug:year>/", launching.launch, name="launch"),
    path("groupes/heures/", hours.academy_hours, name="academy_hours"),
    path("groupes/documents/<int:key>/", space.document, name="space_document"),
    path("groupes/messages/<int:key>/retirer/", space.message_withdraw, name="message_withdraw"),
    path("preparation/chargements/equipes/", loading.load_teams, name="load_teams"),
    path(
        "preparation/chargements/equipes/inviter/",
        loading.load_teams_invite,
        name="load_teams_invite",
    ),
]
OF_A_TEAM: list[URLPattern] = [
    path(f"{_TEAM}/", teams.team, name="team"),
    path(f"{_TEAM}/modifier/", teams.team_edit, name="team_edit"),
    path(f"{_TEAM}/actes/<slug:act>/", teams.team_act, name="team_act"),
    path(f"{_TEAM}/membres/", teams.team_members, name="team_members"),
    path(f"{_TEAM}/membres/<int:key>/reprendre/", teams.member_return, name="member_return"),
    path(f"{_TEAM}/membres/<int:key>/<slug:act>/", teams.member_act, name="member_act"),
    path(f"{_TEAM}/heures/", hours.team_hours, name="team_hours"),
    path(f"{_TEAM}/heures/<int:key>/<slug:act>/", hours.spent_act, name="spent_act"),
    path(f"{_TEAM}/attestations/", hours.team_attestations, name="team_attestations"),
    path(
        f"{_TEAM}/attestations/<int:key>.<slug:form>",
        hours.team_attestation,
        name="team_attestation",
    ),
    path(f"{_TEAM}/documents/", space.documents, {"kind": "team"}, name="team_documents"),
    path(f"{_TEAM}/decisions/", space.points, {"kind": "team"}, name="team_points"),
    path(f"{_TEAM}/messages/", space.messages, {"kind": "team"}, name="team_messages"),
]
OF_A_GROUP: list[URLPattern] = [
    path(f"{_GROUP}/", groups.group, name="group"),
    path(f"{_GROUP}/membres/", groups.group_members, name="group_members"),
    path(f"{_GROUP}/equipes/nouvelle/", groups.team_form, name="team_form"),
    path(f"{_GROUP}/documents/", space.documents, {"kind": "group"}, name="group_documents"),
    path(f"{_GROUP}/decisions/", space.points, {"kind": "group"}, name="group_points"),
    path(f"{_GROUP}/messages/", space.messages, {"kind": "group"}, name="group_messages"),
]

urlpatterns: list[URLPattern] = [*FIXED, *MEETINGS, *DUES, *FEEDS, *OF_A_TEAM, *OF_A_GROUP]
