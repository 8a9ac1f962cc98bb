"""The addresses of productions. To publish and to withdraw, which touch notices: `catalogue`."""

from django.urls import URLPattern, path

from traam.productions.views import acts, editing, files, lineage, lists, live, showing, tools

_ONE = "productions/<slug:code>"
urlpatterns: list[URLPattern] = [
    path("productions/", lists.productions, name="productions"),
    path("productions/nouvelle/", lists.production_begin, name="production_begin"),
    path("productions/outils/", tools.tools, name="tools"),
    path("productions/outils/<slug:code>/", tools.tool_describe, name="tool_describe"),
    path(f"{_ONE}/", showing.production_show, name="production"),
    path(f"{_ONE}/modifier/", editing.production_edit, name="production_edit"),
    path(f"{_ONE}/enregistrer/", live.production_save, name="production_save"),
    path(f"{_ONE}/suivi/", live.production_poll, name="production_poll"),
    path(f"{_ONE}/versions/", showing.production_versions, name="production_versions"),
    path(f"{_ONE}/fichiers/", files.production_files, name="production_files"),
    path(f"{_ONE}/fichiers/<int:key>/", showing.production_file, name="production_file"),
    path(
        f"{_ONE}/fichiers/<int:key>/autorisation/",
        files.production_authorisation,
        name="file_authorisation",
    ),
    path(f"{_ONE}/reprendre/", lineage.production_take_up, name="production_take_up"),
    path(f"{_ONE}/lignee/", lineage.production_lineage, name="production_lineage"),
    path(f"{_ONE}/actes/<slug:act>/", acts.production_act, name="production_act"),
]
