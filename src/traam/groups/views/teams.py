"""A team: its page, its project, its members, and the acts upon it."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.actor import Actor
from traam.access.roles import Role
from traam.access.sentences import who_may
from traam.access.web import actor_of
from traam.groups import actions
from traam.groups.actions.members import Address
from traam.groups.forms.teams import (
    AboutForm,
    AddressForm,
    BondForm,
    MemberForm,
    ReasonForm,
    TeamForm,
)
from traam.groups.joining import About
from traam.groups.models import Member, Team
from traam.groups.queries import hours, space
from traam.groups.queries import teams as queries
from traam.groups.screens.spaces import team_head
from traam.groups.screens.teams import TeamPage
from traam.groups.views.finding import REFUSED, attempted, carried_out, member_of, team_of
from traam.kit.clock import now
from traam.reference.models import Academy


@require_safe
def team(request: HttpRequest, code: str) -> HttpResponse:
    """People and mandates, hours, commitments, what is owed."""
    actor, found = actor_of(request), team_of(request, code)
    reads, deposit = actor.allows(queries.READ, found.place()), queries.deposited(found)
    people = queries.people_of(found, actor.today, deposit)
    context = {
        "head": team_head(found, actor),
        "page": TeamPage(found, actor),
        "people": [one for one in people if not one.is_gone],
        "account": hours.account_of(found) if actor.allows("hours.read", found.place()) else None,
        "commitments": queries.accepted(deposit),
        "counts": space.counts_of(found) if reads else None,
        "points": space.nearest_actions(found) if reads else [],
        "now": now(),
    }
    return render(request, "groups/team_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request: HttpRequest, code: str) -> HttpResponse:
    """The project, the academies bound to the team, what partners may read."""
    actor, found = actor_of(request), team_of(request, code, queries.EDIT)
    act = request.POST.get("acte", "")
    form = TeamForm(
        request.POST if act == "decrire" else None,
        initial={"project": found.project, "summary": found.summary},
    )
    bond = BondForm(request.POST if act == "lier" else None)
    if request.method == "POST" and _edited(request, found, actor, form, bond, act):
        return redirect("team_edit", code=code)
    context = {
        "head": team_head(found, actor),
        "team": found,
        "form": form,
        "bond": bond,
        "bonds": list(found.bonds.all()),
    }
    status = REFUSED if form.errors or bond.errors else 200
    return render(request, "groups/team_edit.html", context, status=status)


def _edited(
    request: HttpRequest, team: Team, actor: Actor, form: TeamForm, bond: BondForm, act: str
) -> bool:
    """Whether something was asked, and done or refused by a message."""
    given: dict[str, Any] = {"team": team, "now": now(), "actor": actor}
    if act == "decrire":
        return form.is_valid() and carried_out(
            request,
            form,
            lambda: actions.describe(**given, **form.cleaned_data),
            "Le projet est enregistré.",
        )
    if act == "lier":
        return bond.is_valid() and carried_out(
            request,
            bond,
            lambda: actions.bind(**given, **bond.cleaned_data),
            "L’académie est liée.",
        )
    if act == "delier":
        academy = Academy.objects.filter(code=request.POST.get("academie", "")).first()
        if academy is None:
            raise Http404
        reason = request.POST.get("motif", "")
        attempted(
            request,
            lambda: actions.unbind(**given, academy=academy, reason=reason),
            "L’académie n’est plus liée à l’équipe.",
        )
    elif act == "partager":
        attempted(request, lambda: actions.share(**given), "Le partage est ouvert.")
    elif act == "ne-plus-partager":
        attempted(request, lambda: actions.stop_sharing(**given), "Le partage est fermé.")
    return True


def _roles(team: Team, actor: Actor) -> list[Role]:
    """The roles that this person may give in the team."""
    place = team.place()
    found = [Role.TEACHER, Role.REFERENT, Role.PARTNER] if actor.allows(queries.EDIT, place) else []
    if actor.allows(queries.AGREE, place) or actor.allows(queries.FORM, place):
        found.append(Role.INSPECTOR)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def team_members(request: HttpRequest, code: str) -> HttpResponse:
    """Who is in the team, who was, who is to be invited; and who joins."""
    actor, found = actor_of(request), team_of(request, code)
    roles = _roles(found, actor)
    form = MemberForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid():

        def do() -> tuple[Member, bool]:
            return actions.add_member(
                team=found,
                role=form.cleaned_data["role"],
                address=form.address(),
                about=form.about(),
                now=now(),
                actor=actor,
            )

        if carried_out(request, form, do, lambda added: _added(form.address(), added)):
            return redirect("team_members", code=code)
    people = queries.people_of(found, actor.today)
    context = {
        "head": team_head(found, actor, "_members"),
        "page": TeamPage(found, actor),
        "people": [one for one in people if not one.is_gone],
        "gone": [one for one in people if one.is_gone],
        "form": form if roles else None,
        "who_edits": who_may(queries.EDIT, found.place()),
    }
    status = REFUSED if form.errors else 200
    return render(request, "groups/team_members.html", context, status=status)


def _added(typed: Address, added: tuple[Member, bool]) -> str:
    """What was done, under the name of the account: it outlives the one that was typed."""
    member, is_new = added
    name = queries.name_of(member)
    if not is_new:
        return f"{typed.email} était déjà dans l’équipe, sous le nom {name} : rien n’a changé."
    if name != typed.name:
        return f"La personne est dans l’équipe, sous le nom de son compte : {name}."
    return "La personne est dans l’équipe."


@dataclass(frozen=True, slots=True)
class MemberAct:
    """An act upon a member, as its page asks it. `form`: what is typed."""

    title: str
    lead: str
    button: str
    said: str
    form: type[AboutForm | AddressForm | ReasonForm]
    do: Callable[..., Any]


MEMBER_ACTS: dict[str, MemberAct] = {
    "inviter": MemberAct(
        "Inviter",
        "Cette personne est nommée dans la candidature. Donnez son adresse : elle reçoit une "
        "invitation, et entre dans l’équipe avec son mandat.",
        "Envoyer l’invitation",
        "L’invitation est partie.",
        AddressForm,
        actions.invite_named,
    ),
    "decrire": MemberAct(
        "Compléter",
        "Ces précisions servent aux indicateurs et aux contextes des observations.",
        "Enregistrer",
        "C’est enregistré.",
        AboutForm,
        actions.describe_member,
    ),
    "terminer": MemberAct(
        "Mettre fin à la participation",
        "À partir d’aujourd’hui, cette personne n’agit plus dans l’équipe. Ce qu’elle a écrit "
        "reste. Vous pourrez la reprendre.",
        "Mettre fin",
        "La personne ne fait plus partie de l’équipe.",
        ReasonForm,
        actions.end_member,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def member_act(request: HttpRequest, code: str, key: int, act: str) -> HttpResponse:
    """One act upon a member, after a page that says what it will do."""
    actor, found = actor_of(request), team_of(request, code)
    asked, member = MEMBER_ACTS.get(act), member_of(found, str(key))
    if asked is None or member is None or not TeamPage(found, actor).may_change(member):
        raise Http404
    name = queries.name_of(member)
    form = asked.form(request.POST or None, initial=_initial(asked, member, name))
    if request.method == "POST" and form.is_valid():

        def do() -> Any:
            return asked.do(member=member, now=now(), actor=actor, **_typed(form))

        if carried_out(request, form, do, asked.said):
            return redirect("team_members", code=code)
    context = {
        "head": team_head(found, actor, "_members"),
        "act": asked,
        "member": member,
        "name": name,
        "form": form,
    }
    status = REFUSED if form.errors else 200
    return render(request, "groups/member_act.html", context, status=status)


def _initial(act: MemberAct, member: Member, name: str) -> dict[str, Any]:
    if act.form is AddressForm:
        return {"name": name if name != queries.SOMEONE else ""}
    return asdict(About.of(member)) if act.form is AboutForm else {}


def _typed(form: Any) -> dict[str, Any]:
    if isinstance(form, AddressForm):
        return {"address": form.address()}
    if isinstance(form, AboutForm):
        return {"about": form.about()}
    return dict(form.cleaned_data)


@require_http_methods(["POST"])
def member_return(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Someone who had left is a member again."""
    actor, found = actor_of(request), team_of(request, code)
    member = member_of(found, str(key))
    if member is None:
        raise Http404
    attempted(
        request,
        lambda: actions.take_back_member(member=member, now=now(), actor=actor),
        "La personne est de nouveau dans l’équipe.",
    )
    return redirect("team_members", code=code)


@dataclass(frozen=True, slots=True)
class TeamAct:
    """An act upon a team, as its page asks it. `asks`: whether it wants a reason."""

    title: str
    lead: str
    button: str
    said: str
    do: Callable[..., Any]
    asks: bool = True


TEAM_ACTS: dict[str, TeamAct] = {
    "retirer": TeamAct(
        "Retirer l’équipe",
        "L’académie ne participe plus à partir d’aujourd’hui, et ses membres n’agissent plus dans "
        "l’équipe. Ce qui a été fait reste compté. L’équipe peut être rétablie.",
        "Retirer l’équipe",
        "L’équipe est retirée ; ses membres en sont avertis.",
        actions.withdraw_team,
    ),
    "retablir": TeamAct(
        "Rétablir l’équipe",
        "L’académie participe de nouveau, avec les membres partis avec elle.",
        "Rétablir l’équipe",
        "L’équipe est rétablie ; ses membres en sont avertis.",
        actions.reinstate_team,
    ),
    "reprendre": TeamAct(
        "Reprendre le lancement",
        "L’académie redevient retenue, sans être au travail. L’équipe garde son histoire ; un "
        "nouveau lancement la rétablit.",
        "Reprendre le lancement",
        "Le lancement est repris.",
        actions.take_back_launch,
    ),
    "achever": TeamAct(
        "Déclarer les travaux achevés",
        "Les membres gardent la lecture de leur travail et peuvent imprimer leur attestation.",
        "Déclarer les travaux achevés",
        "Les travaux sont achevés ; les membres en sont avertis.",
        actions.complete_team,
        asks=False,
    ),
    "rouvrir": TeamAct(
        "Rouvrir les travaux",
        "L’équipe est de nouveau au travail.",
        "Rouvrir les travaux",
        "Les travaux sont rouverts ; les membres en sont avertis.",
        actions.reopen_team,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def team_act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """One act upon a team, after a page that says what it will do."""
    actor, found = actor_of(request), team_of(request, code)
    asked = TEAM_ACTS.get(act)
    if asked is None or act not in {one.act for one in TeamPage(found, actor).doors}:
        raise Http404
    form = ReasonForm(request.POST or None)
    if not asked.asks:
        del form.fields["reason"]
        form = form if request.method == "GET" else _plain(request)
    if request.method == "POST" and form.is_valid():

        def do() -> Any:
            return asked.do(team=found, now=now(), actor=actor, **form.cleaned_data)

        if carried_out(request, form, do, asked.said):
            return redirect("team", code=code)
    context = {"head": team_head(found, actor), "act": asked, "team": found, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "groups/team_act.html", context, status=status)


def _plain(request: HttpRequest) -> ReasonForm:
    """A form that asks nothing."""
    form = ReasonForm(request.POST)
    del form.fields["reason"]
    return form
