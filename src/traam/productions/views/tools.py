"""What is known of the tools that productions name: the list, and the sheet of one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.web import actor_of, right_required
from traam.kit.clock import now
from traam.kit.refusals import NotAllowed, Refusal
from traam.kit.sheets import sheet_response
from traam.productions.actions import Known, describe_tool
from traam.productions.forms.acts import ToolForm
from traam.productions.models import ToolSheet
from traam.productions.queries.tools import for_list, sheet_of_tools
from traam.productions.rules.life import Uses
from traam.reference.queries import vocabulary

REFUSED = 400


@require_safe
@right_required("production.read")
def tools(request: HttpRequest) -> HttpResponse:
    """Every tool of the vocabulary, and what is known of it."""
    rows = for_list()
    if answer := sheet_response(request, sheet_of_tools(rows), "outils"):
        return answer
    context = {"rows": rows, "may_describe": actor_of(request).may("tool.describe"), "now": now()}
    return render(request, "productions/tool_list.html", context)


@right_required("tool.describe")
@require_http_methods(["GET", "HEAD", "POST"])
def tool_describe(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of a tool, written by who follows tools."""
    term = vocabulary().term(scheme="tools", code=code)
    if term is None:
        raise Http404
    sheet = ToolSheet.objects.filter(code=term.code).first()
    names = ("host", "minimum_age", "ai", "source", "checked_on")
    known: dict[str, Any] = {"ai": Uses.UNKNOWN}
    if sheet is not None:
        known = {name: getattr(sheet, name) for name in names} | {"treated": sheet.data}
    form = ToolForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"ai": Uses(form.cleaned_data["ai"])}
        given["data"] = given.pop("treated")
        try:
            describe_tool(
                code=term.code,
                label=term.label,
                known=Known(**given),
                now=now(),
                actor=actor_of(request),
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, f"La fiche de « {term.label} » est gardée.")
            return redirect("tools")
    context = {"term": term, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "productions/tool_describe.html", context, status=status)
