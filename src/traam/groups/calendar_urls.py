"""The addresses of the meetings, their minutes, the due dates and the feeds of the groups."""

from django.urls import URLPattern, path

from traam.groups.views import dues, feeds, meetings, minutes

_MEETING = "groupes/reunions/<int:key>"
_SECTION = "groupes/sections/<int:key>"
_DUE = "groupes/echeances/<int:key>"
_TEAM = "groupes/equipes/<slug:code>"
_GROUP = "groupes/<slug:code>"

MEETINGS: list[URLPattern] = [
    path(f"{_MEETING}/", meetings.meeting, name="meeting"),
    path(f"{_MEETING}/modifier/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{_MEETING}/acte/<slug:act>/", meetings.meeting_act, name="meeting_act"),
    path(f"{_MEETING}/repondre/", meetings.meeting_answer, name="meeting_answer"),
    path(f"{_MEETING}/presences/", meetings.meeting_hold, name="meeting_hold"),
    path(f"{_MEETING}/reunion.ics", meetings.meeting_file, name="meeting_file"),
    path(f"{_MEETING}/compte-rendu/", minutes.minutes, name="minutes_edit"),
    path(f"{_MEETING}/compte-rendu/commencer/", minutes.minutes_begin, name="minutes_begin"),
    path(f"{_MEETING}/compte-rendu/section/", minutes.section_add, name="section_add"),
    path(f"{_SECTION}/enregistrer/", minutes.section_save, name="section_save"),
    path(f"{_SECTION}/retirer/", minutes.section_remove, name="section_remove"),
    path(f"{_SECTION}/versions/", minutes.section_versions, name="section_versions"),
    path(f"{_TEAM}/reunions/", meetings.team_meetings, name="team_meetings"),
    path(f"{_TEAM}/reunions/nouvelle/", meetings.team_meeting_new, name="team_meeting_new"),
    path(f"{_GROUP}/reunions/", meetings.group_meetings, name="group_meetings"),
    path(f"{_GROUP}/reunions/nouvelle/", meetings.group_meeting_new, name="group_meeting_new"),
]
DUES: list[URLPattern] = [
    path(f"{_DUE}/", dues.due_edit, name="due_edit"),
    path(f"{_DUE}/retirer/", dues.due_remove, name="due_remove"),
    path(f"{_DUE}/tenue/", dues.due_met, name="due_met"),
    path(f"{_GROUP}/calendrier/", dues.group_calendar, name="group_calendar"),
    path(f"{_GROUP}/calendrier/habituel/", dues.dues_default, name="dues_default"),
    path(f"{_GROUP}/calendrier/nouvelle/", dues.due_new, name="due_new"),
]
FEEDS: list[URLPattern] = [
    path("tableau-de-bord/agenda/", feeds.feeds, name="feeds"),
    path("tableau-de-bord/agenda/creer/", feeds.feed_open, name="feed_open"),
    path("tableau-de-bord/agenda/<int:key>/revoquer/", feeds.feed_revoke, name="feed_revoke"),
    path("agenda/<slug:token>.ics", feeds.calendar, name="calendar"),
]
