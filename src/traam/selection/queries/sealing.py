"""What must hold of what was sealed and computed: a French line for each fault, for `verify`."""

from collections.abc import Iterator, Mapping

from traam.campaigns.rules.signing import digest_of
from traam.journal.models import Entry
from traam.selection.models import Decision, Seal, Variant
from traam.selection.models.choice import SealKind

SEALED = ("case.seal_rules", "choice.seal")


def faults() -> Iterator[str]:
    """Seals and variants say what their digests say, the journal holds them, and what was sealed
    of variants and decisions is still what they are."""
    yield from _seals()
    yield from _variants()
    yield from _choices()


def _seals() -> Iterator[str]:
    entries = Entry.objects.filter(verb__in=SEALED).order_by("pk")
    told = {(one.subject, one.after.get("digest")) for one in entries.iterator()}
    for seal in Seal.objects.select_related("campaign").order_by("pk").iterator():
        said = _said(seal)
        if digest_of(seal.content) != seal.digest:
            yield f"{said} : son contenu n’est pas celui de son empreinte."
        if (f"campaign:{seal.campaign.year}", seal.digest) not in told:
            yield f"{said} : le journal ne connaît pas son empreinte."


def _said(seal: Seal) -> str:
    kind = {SealKind.RULES: "des règles", SealKind.CHOICE: "du choix"}[SealKind(seal.kind)]
    return f"Scellé {kind}, campagne {seal.campaign.label}, version {seal.number}"


def _variants() -> Iterator[str]:
    entries = Entry.objects.filter(verb="choice.compute").order_by("pk")
    told = {(one.subject, one.after.get("digest")) for one in entries.iterator()}
    for one in Variant.objects.select_related("campaign").order_by("pk").iterator():
        said = f"Variante « {one.name} », campagne {one.campaign.label}"
        if digest_of({"instance": one.instance, "result": one.result}) != one.digest:
            yield f"{said} : ses données ou son résultat ne sont pas ceux de son empreinte."
        if (f"variant:{one.pk}", one.digest) not in told:
            yield f"{said} : le journal ne connaît pas son empreinte."


def _choices() -> Iterator[str]:
    """Of the last seal of each choice: its rules, its variants, its decisions."""
    rows = Seal.objects.filter(kind=SealKind.CHOICE).select_related("campaign")
    last = {seal.campaign_id: seal for seal in rows.order_by("number", "pk").iterator()}
    for seal in last.values():
        yield from _choice(seal)


def _choice(seal: Seal) -> Iterator[str]:
    said = _said(seal)
    rules = Seal.objects.filter(campaign=seal.campaign, kind=SealKind.RULES)
    if seal.content.get("rules", "") not in {"", *rules.values_list("digest", flat=True)}:
        yield f"{said} : les règles scellées ne sont plus celles de la campagne."
    present = set(Variant.objects.filter(campaign=seal.campaign).values_list("digest", flat=True))
    for one in seal.content.get("variants", []):
        if one["digest"] not in present:
            yield f"{said} : la variante « {one['name']} » n’est plus celle qui fut scellée."
    decisions = _decisions(seal)
    for one in seal.content.get("decisions", []):
        now = decisions.get(one["application"])
        if now is None:
            yield f"{said} : la décision sur « {one['application']} » n’est plus là."
        elif now["version"] == one["version"] and now != one:
            yield f"{said} : la décision sur « {one['application']} » a changé sans acte."


def _decisions(seal: Seal) -> Mapping[str, dict[str, object]]:
    """By application, as `actions.choosing.decision_content` writes them."""
    rows = Decision.objects.filter(case__campaign=seal.campaign).order_by("pk")
    names = ("kind", "rank", "reason", "remarks", "version")
    return {
        code: {"application": code, **dict(zip(names, values, strict=True))}
        for code, *values in rows.values_list("case__application__code", *names)
    }
