"""The forms of a trial: what is tried, its protocol, a session, the evaluation, a reason."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from traam.kit.forms import DayInput
from traam.kit.reasons import REASON_MAX
from traam.reference.rules import Vocabulary
from traam.trials.queries.trials import Order
from traam.trials.rules import closing, protocol
from traam.trials.rules.closing import Evaluation
from traam.trials.rules.life import Transferable, TrialState, Verdict
from traam.trials.rules.protocol import INDICATORS_MAX, Protocol, Sought

BLANKS = 3  # lines to add indicators, under those that exist
NOBODY = "Ne nommez aucun élève."
WHY = {"required": "Dites pourquoi, en une phrase."}
YES_NO = [("", "non renseigné"), ("oui", "oui"), ("non", "non")]
Choices = Sequence[tuple[str, str]]


def text(label: str, *, rows: int = 3, help_text: str = "", most: int = 4_000) -> forms.CharField:
    """Several lines that may be left empty."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class BeginForm(forms.Form):
    """What will be tried, and by which of one's teams."""

    equipe = forms.ChoiceField(label="Équipe")
    production = forms.ChoiceField(
        label="Ce que vous essayez",
        help_text="Une production de votre équipe, ou partagée avec votre groupe national.",
        error_messages={"required": "Choisissez ce que vous essayez."},
    )
    niveau = forms.ChoiceField(label="Niveau de la classe", required=False)
    prevu = forms.DateField(label="Prévu à partir du", required=False, widget=DayInput())

    def __init__(
        self, *args: Any, teams: Choices, productions: Choices, levels: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["equipe"].choices = teams
        fields["production"].choices = [("", "Choisissez"), *productions]
        fields["niveau"].choices = [("", "non renseigné"), *levels]
        if len(teams) == 1:
            fields["equipe"].widget = forms.HiddenInput()
            fields["equipe"].initial = teams[0][0]


class ProtocolForm(forms.Form):
    """Hypothesis, success, indicators line by line; an emptied line takes its indicator away."""

    wanted = frozenset({"hypothese", "reussite", "indicateur_1", "indicateur_i1"})
    hypothese = text(protocol.HYPOTHESIS, help_text="Ce que vous attendez, en une phrase.")
    reussite = text(
        protocol.SUCCESS, help_text="À quoi verrez-vous que c’est réussi ? Un fait, un nombre."
    )
    prevu = forms.DateField(label="Prévu à partir du", required=False, widget=DayInput())
    motif = forms.CharField(
        label="Motif de l’avenant",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Le protocole d’avant reste lisible, avec ce motif et la date.",
        error_messages=WHY,
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        written: Protocol,
        version: int,
        is_amendment: bool,
        planned_for: date | None,
        **kwargs: Any,
    ) -> None:
        first = {"hypothese": written.hypothesis, "reussite": written.success}
        kwargs["initial"] = {**first, "prevu": planned_for, "version": version}
        super().__init__(*args, **kwargs)
        del self.fields["prevu" if is_amendment else "motif"]
        self.keys: dict[str, str] = {}
        for rank, (key, known) in enumerate(_lines(written.indicators), 1):
            self.keys[f"indicateur_{key or rank}"] = key
            self.fields[f"indicateur_{key or rank}"] = forms.CharField(
                label=f"Indicateur {rank}",
                required=False,
                initial=known,
                max_length=protocol.INDICATOR_MAX,
            )

    @property
    def indicators(self) -> list[Any]:
        """Their bound fields, in order."""
        return [self[name] for name in self.keys]

    def protocol(self) -> Protocol:
        """What was typed."""
        typed = self.cleaned_data
        return Protocol(
            typed["hypothese"],
            typed["reussite"],
            tuple(Sought(key, typed[name]) for name, key in self.keys.items()),
        )


def _lines(indicators: Iterable[Sought]) -> list[tuple[str, str]]:
    known = [(one.key, one.text) for one in indicators]
    return [*known, *[("", "")] * min(BLANKS, INDICATORS_MAX - len(known))]


class SessionForm(forms.Form):
    """A lesson in which it was tried."""

    date = forms.DateField(
        label="Jour de la séance",
        widget=DayInput(),
        error_messages={"required": "Dites quel jour.", "invalid": "Ce jour n’existe pas."},
    )
    minutes = forms.IntegerField(
        label="Durée en minutes", required=False, widget=forms.NumberInput(attrs={"min": 1})
    )
    lieu = forms.CharField(label="Lieu", required=False, max_length=200)
    note = text("Ce qui s’est passé", help_text=f"En quelques mots. {NOBODY}")


class EvaluationForm(forms.Form):
    """What the trial shows, and the class where it was; nothing is required to save."""

    wanted = frozenset(
        {"verdict", "conclusion", "transferable", "level", "school_type", "equipment", "pupils"}
    )
    verdict = forms.ChoiceField(
        label="Verdict",
        required=False,
        choices=Verdict.choices(),
        widget=forms.RadioSelect,
        help_text="Un résultat négatif est un résultat entier.",
    )
    conclusion = text("Ce que l’essai montre", help_text=NOBODY, most=closing.TEXT_MAX)
    gains_pupils = text("Plus-values pour les élèves", most=closing.TEXT_MAX)
    gains_teaching = text("Plus-values pour l’enseignement", most=closing.TEXT_MAX)
    obstacles = text("Freins", most=closing.TEXT_MAX)
    levers = text("Leviers", most=closing.TEXT_MAX)
    adaptations = text("Adaptations faites", most=closing.TEXT_MAX)
    transferable = forms.ChoiceField(
        label="Transférable ailleurs",
        required=False,
        choices=Transferable.choices(),
        widget=forms.RadioSelect,
    )
    competences = forms.MultipleChoiceField(
        label="Compétences au travail", required=False, widget=forms.CheckboxSelectMultiple
    )
    level = forms.ChoiceField(label="Niveau de la classe", required=False)
    school_type = forms.ChoiceField(label="Type d’établissement", required=False)
    school = forms.CharField(
        label="Établissement",
        required=False,
        max_length=closing.SHORT_MAX,
        help_text="Jamais public.",
    )
    is_priority = forms.ChoiceField(label="Éducation prioritaire", required=False, choices=YES_NO)
    equipment = forms.CharField(
        label="Équipement",
        required=False,
        max_length=closing.SHORT_MAX,
        help_text="« Un ordinateur pour deux », « aucun »…",
    )
    pupils = forms.IntegerField(
        label="Nombre d’élèves", required=False, widget=forms.NumberInput(attrs={"min": 1})
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, words: Vocabulary, known: Evaluation, version: int, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _initial(known) | {"version": version}
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["level"].choices = _listed(words, "levels", known.level)
        fields["school_type"].choices = _listed(words, "school-types", known.school_type)
        fields["competences"].choices = competences(words, known.competences)

    def evaluation(self) -> Evaluation:
        """What was typed."""
        typed = dict(self.cleaned_data)
        typed.pop("version")
        return Evaluation(
            **{
                **typed,
                "verdict": Verdict(typed["verdict"]) if typed["verdict"] else None,
                "transferable": Transferable(typed["transferable"])
                if typed["transferable"]
                else None,
                "is_priority": {"oui": True, "non": False}.get(typed["is_priority"]),
                "competences": tuple(typed["competences"]),
            }
        )


def _initial(known: Evaluation) -> dict[str, Any]:
    given = {name: getattr(known, name) for name in Evaluation.__dataclass_fields__}
    given["is_priority"] = {True: "oui", False: "non", None: ""}[known.is_priority]
    return given | {"competences": list(known.competences)}


def _listed(words: Vocabulary, scheme: str, known: str) -> list[tuple[str, str]]:
    """The terms of a vocabulary, and the one already written were it no longer in it."""
    found = [(term.code, term.label) for term in words.terms(scheme)]
    if known and known not in dict(found):
        found.append((known, known))
    return [("", "non renseigné"), *found]


def competences(words: Vocabulary, known: Sequence[str]) -> list[tuple[str, str]]:
    """Those of the CRCN that have a number after the point, and those already chosen."""
    found = [(f"crcn:{term.code}", term.label) for term in words.terms("crcn") if "." in term.code]
    for each in known:
        scheme, _, code = each.partition(":")
        term = words.term(scheme=scheme, code=code)
        if each not in dict(found):
            found.append((each, term.label if term else code))
    return found


class ReasonForm(forms.Form):
    """Why, in a sentence."""

    reason = forms.CharField(
        label="Motif",
        max_length=REASON_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=WHY,
    )


class ListFilter(forms.Form):
    """What a reader types to narrow the list; the choices are those of what they may read."""

    q = forms.CharField(label="Mots du titre", required=False, max_length=200)
    campagne = forms.ChoiceField(label="Campagne", required=False)
    groupe = forms.ChoiceField(label="Groupe national", required=False)
    equipe = forms.ChoiceField(label="Équipe", required=False)
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "tous"), *TrialState.choices()]
    )
    tri = forms.ChoiceField(label="Trier par", required=False, choices=Order.choices())

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name, every in (("campagne", "toutes"), ("groupe", "tous"), ("equipe", "toutes")):
            fields[name].choices = [("", every), *choices[name]]

    def chosen(self) -> dict[str, str]:
        """What was well chosen, each filter apart: one that makes no sense narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrows(self) -> bool:
        return bool(set(self.chosen()) - {"tri"})
