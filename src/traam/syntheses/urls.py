"""The addresses of findings and syntheses being written. What is published is the catalogue's."""

from django.urls import URLPattern, path

from traam.syntheses.views import coding, editing, findings, syntheses

ONE = "redaction/<slug:code>"
urlpatterns: list[URLPattern] = [
    path("redaction/", syntheses.syntheses, name="syntheses"),
    path("redaction/nouvelle/", syntheses.synthesis_new, name="synthesis_new"),
    path("redaction/groupes/<slug:code>/constats/", findings.findings, name="findings"),
    path("redaction/groupes/<slug:code>/coder/", coding.coding, name="coding"),
    path("redaction/groupes/<slug:code>/coder/preuve/", coding.coding_act, name="coding_act"),
    path("redaction/constats/<slug:code>/", findings.finding, name="finding"),
    path("redaction/constats/<slug:code>/preuves/", findings.finding_act, name="finding_act"),
    path("redaction/remarques/<int:key>/", editing.remark_settle, name="remark_settle"),
    path("redaction/passages/<int:key>/", editing.block_save, name="block_save"),
    path("redaction/passages/<int:key>/place/", editing.block_place, name="block_place"),
    path(f"{ONE}/", syntheses.synthesis, name="synthesis"),
    path(f"{ONE}/modifier/", editing.synthesis_edit, name="synthesis_edit"),
    path(f"{ONE}/modifier/titre/", editing.head_save, name="head_save"),
    path(f"{ONE}/modifier/ajouter/", editing.block_add, name="block_add"),
    path(f"{ONE}/versions/", editing.synthesis_versions, name="synthesis_versions"),
    path(f"{ONE}/remarques/", editing.remark_make, name="remark_make"),
    path(f"{ONE}/document.<slug:form>", syntheses.synthesis_file, name="synthesis_file"),
    path(f"{ONE}/actes/<slug:act>/", syntheses.synthesis_act, name="synthesis_act"),
]
