"""Hours: of a team (declared, attested), of an academy (tranches, gifts), and the attestations."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from traam.access.actor import Actor
from traam.access.sentences import who_may
from traam.access.web import actor_of, right_required
from traam.groups.actions import hours as actions
from traam.groups.forms.hours import EVERYONE, AllotForm, SpentForm, TrancheForm
from traam.groups.forms.teams import ReasonForm
from traam.groups.models import Member, Spent, Team
from traam.groups.papers.attestation import paper
from traam.groups.queries import hours as queries
from traam.groups.queries import teams
from traam.groups.queries.teams import Person
from traam.groups.screens.spaces import team_head
from traam.groups.screens.teams import TeamPage
from traam.groups.views.finding import REFUSED, attempted, carried_out, member_of, team_of
from traam.kit.clock import now
from traam.kit.keys import number_in
from traam.kit.paper import FORMS, paper_response
from traam.reference.models import Academy

READ, RECORD, AGREE, GRANT = "hours.read", "hours.record", "hours.agree", "hours.grant"


@require_http_methods(["GET", "HEAD", "POST"])
def team_hours(request: HttpRequest, code: str) -> HttpResponse:
    """What the team has, what its members spent, what awaits the inspector."""
    actor, found = actor_of(request), team_of(request, code, READ)
    people = teams.people_of(found, actor.today)
    act = request.POST.get("acte", "")
    form = SpentForm(request.POST if act == "declarer" else None, members=_members(people))
    if request.method == "POST" and _recorded(request, found, actor, form, act):
        return redirect("team_hours", code=code)
    place = found.place()
    names = {one.member.pk: one.name for one in people}
    lines, given = list(queries.lines_of(found)), list(queries.given_to(found))
    done = queries.by_member(found)
    context = {
        "head": team_head(found, actor, "_hours"),
        "team": found,
        "account": queries.account_from(given, done),
        "given": given,
        "by_member": [(one, *done[key]) for one in people if (key := one.member.pk) in done],
        "lines": [(one, names.get(one.member_id, "")) for one in lines],
        "to_attest": sum(1 for one in lines if not (one.attested_at or one.cancelled_at)),
        "form": form if actor.allows(RECORD, place) else None,
        "may_record": actor.allows(RECORD, place),
        "may_attest": actor.allows(AGREE, place),
        "who_records": who_may(RECORD, place),
    }
    status = REFUSED if form.errors else 200
    return render(request, "groups/team_hours.html", context, status=status)


def _members(people: list[Person]) -> list[tuple[str, str]]:
    return [(str(one.member.pk), one.name) for one in people if not one.is_gone]


def _recorded(request: HttpRequest, team: Team, actor: Actor, form: SpentForm, act: str) -> bool:
    if act == "declarer":
        return form.is_valid() and carried_out(
            request,
            form,
            lambda: _declare(team, actor, form, now()),
            "Les heures sont déclarées ; l’inspection peut les attester.",
        )
    keys = [number_in(one) for one in request.POST.getlist("ligne")]
    given: dict[str, Any] = {"now": now(), "actor": actor}
    if act == "attester":
        attempted(
            request,
            lambda: actions.attest(team=team, lines=keys, **given),
            "Les heures choisies sont attestées.",
        )
        return True
    raise Http404


def _declare(team: Team, actor: Actor, form: SpentForm, instant: datetime) -> None:
    hours, chosen = form.cleaned_data["hours"], form.cleaned_data["member"]
    work = form.work()
    if chosen == EVERYONE:
        actions.split(team=team, hours=hours, work=work, now=instant, actor=actor)
        return
    member = member_of(team, chosen)
    if member is None:
        raise Http404
    actions.declare(member=member, hours=hours, work=work, now=instant, actor=actor)


@require_http_methods(["GET", "HEAD", "POST"])
def spent_act(request: HttpRequest, code: str, key: int, act: str) -> HttpResponse:
    """Cancel a declaration, or take its attestation back: with a reason."""
    actor, found = actor_of(request), team_of(request, code, READ)
    spent = get_object_or_404(Spent.objects.select_related("team", "member"), team=found, pk=key)
    if act not in ("annuler", "reprendre"):
        raise Http404
    place = found.place()
    rights = (RECORD, AGREE) if act == "annuler" and not spent.attested_at else (AGREE,)
    if not any(actor.allows(right, place) for right in rights):
        raise Http404
    form = ReasonForm(request.POST or None)
    given: dict[str, Any] = {"now": now(), "actor": actor}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]

        def do() -> None:
            if act == "annuler":
                actions.cancel(spent=spent, reason=reason, **given)
            else:
                actions.take_back_attestation(team=found, lines=[key], reason=reason, **given)

        said = "La déclaration est annulée." if act == "annuler" else "L’attestation est reprise."
        if carried_out(request, form, do, said):
            return redirect("team_hours", code=code)
    context = {
        "head": team_head(found, actor, "_hours"),
        "spent": spent,
        "name": teams.name_of(spent.member),
        "form": form,
        "cancels": act == "annuler",
    }
    status = REFUSED if form.errors else 200
    return render(request, "groups/spent_act.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@right_required(GRANT)
def academy_hours(request: HttpRequest) -> HttpResponse:
    """The delegate's page: the tranches of an academy, and what each of its teams was given."""
    actor = actor_of(request)
    academies = queries.academies_for(actor)
    academy = _chosen(academies, request.GET.get("academie", ""))
    campaigns = queries.campaigns_with_teams(academy) if academy else []
    asked = request.GET.get("campagne", "")
    campaign = next((one for one in campaigns if one.year == asked), None) or next(
        iter(campaigns), None
    )
    context: dict[str, Any] = {
        "academies": academies,
        "academy": academy,
        "campaigns": campaigns,
        "campaign": campaign,
        "hours": None,
    }
    status = 200
    if academy is not None and campaign is not None:
        found = queries.academy_hours(campaign, academy)
        act = request.POST.get("acte", "")
        tranche = TrancheForm(request.POST if act == "tranche" else None, auto_id="tranche-%s")
        allot = AllotForm(
            request.POST if act == "attribuer" else None,
            teams=[(one.code, _titled(one)) for one in found.teams],
        )
        if request.method == "POST" and _granted(request, found, actor, tranche, allot):
            return redirect(_address(academy, campaign.year))
        context |= {"hours": found, "tranche": tranche, "allot": allot}
        status = REFUSED if tranche.errors or allot.errors else 200
    return render(request, "groups/academy_hours.html", context, status=status)


def _chosen(academies: list[Academy], code: str) -> Academy | None:
    found = next((one for one in academies if one.code == code), None)
    return found or next(iter(academies), None)


def _titled(team: Team) -> str:
    return f"{team.named} : {team.group.theme.shown_title}"


def _address(academy: Academy, year: str) -> str:
    return f"{reverse('academy_hours')}?academie={academy.code}&campagne={year}"


def _granted(
    request: HttpRequest,
    found: queries.AcademyHours,
    actor: Actor,
    tranche: TrancheForm,
    allot: AllotForm,
) -> bool:
    given: dict[str, Any] = {"now": now(), "actor": actor}
    if tranche.is_bound:
        return tranche.is_valid() and carried_out(
            request,
            tranche,
            lambda: actions.note_tranche(
                campaign=found.campaign, academy=found.academy, **tranche.cleaned_data, **given
            ),
            "La tranche est notée.",
        )
    if not (allot.is_bound and allot.is_valid()):
        return False
    typed = allot.cleaned_data
    team = next(one for one in found.teams if one.code == typed["team"])
    return carried_out(
        request,
        allot,
        lambda: actions.allot(team=team, hours=typed["hours"], reason=typed["reason"], **given),
        "Les heures sont attribuées.",
    )


# -- attestations


@require_safe
def team_attestations(request: HttpRequest, code: str) -> HttpResponse:
    """Who may have their attestation of participation, and print it."""
    actor, found = actor_of(request), team_of(request, code, teams.READ)
    people = [one for one in teams.people_of(found, actor.today) if _may_see(one, found, actor)]
    attested = queries.by_member(found)
    context = {
        "head": team_head(found, actor, "_attestations"),
        "people": [(one, attested.get(one.member.pk, (0, 0))[1]) for one in people],
        "page": TeamPage(found, actor),
    }
    return render(request, "groups/team_attestations.html", context)


def _may_see(one: Person, team: Team, actor: Actor) -> bool:
    """Oneself; all of them, for whoever leads the team."""
    is_own = one.member.person_id is not None and one.member.person_id == actor.person
    return is_own or actor.allows(teams.EDIT, team.place())


def _may_print(one: Person, team: Team, actor: Actor) -> bool:
    """Nobody without an account: nobody invited them, and the paper bears a name."""
    return one.has_account and _may_see(one, team, actor)


@require_safe
def team_attestation(request: HttpRequest, code: str, key: int, form: str) -> HttpResponse:
    """The attestation of a member, as tagged PDF or ODT."""
    actor, found = actor_of(request), team_of(request, code, teams.READ)
    member = Member.objects.filter(team=found, pk=key).select_related("person", "team").first()
    if member is None or form not in FORMS:
        raise Http404
    person = Person(member, teams.name_of(member), is_gone=False, was_invited=True)
    if not _may_print(person, found, actor):
        raise Http404
    made = paper(
        member, found, name=person.name, hours=queries.attested_of(member), today=actor.today
    )
    return paper_response(made, form, f"attestation-{found.code}-{member.pk}")
