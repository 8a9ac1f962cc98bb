"""The choice in French: rules that contradict each other, why one is out, how firmly one is in."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from traam.selection.optimiser.constraints import Rule, RuleKind
from traam.selection.optimiser.engine import ChoiceStatus
from traam.selection.optimiser.explain import Explanation, Held, LeftOut, Why
from traam.selection.optimiser.instance import Id, Instance
from traam.selection.optimiser.solve import Choice


@dataclass(frozen=True)
class Names:
    """How things are called on screen; by their id where they have no name."""

    themes: Mapping[Id, str] = field(default_factory=dict)
    academies: Mapping[Id, str] = field(default_factory=dict)
    applications: Mapping[Id, str] = field(default_factory=dict)

    def theme(self, identifier: Id) -> str:
        return f"« {self.themes.get(identifier, identifier)} »"

    def academy(self, identifier: Id) -> str:
        return f"« {self.academies.get(identifier, identifier)} »"

    def application(self, identifier: Id) -> str:
        return f"« {self.applications.get(identifier, identifier)} »"


BY_ID = Names()


def points(value: float) -> str:
    """« 1,25 point », « 2 points »: to the hundredth; what is less but not nothing says so."""
    rounded = round(value, 2) or 0.0
    text = f"{rounded:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    said = "moins de 0,01" if value > 0 and not rounded else text
    return f"{said} point{'s' if abs(rounded) >= 2 else ''}"


def rule_sentence(rule: Rule, *, instance: Instance, names: Names = BY_ID) -> str:
    """« Le thème « T1 » demande au moins 3 candidatures ; 2 y répondent. »"""
    one = rule.subjects[0]
    match rule.kind:
        case RuleKind.THEME_MIN:
            return f"Le thème {names.theme(one)} {_minimum(rule, instance)}"
        case RuleKind.THEME_MAX:
            return f"Le thème {names.theme(one)} retient au plus {_count(rule.limit)}."
        case RuleKind.ACADEMY_MAX:
            themes = f"{rule.limit} thème{'s' if rule.limit > 1 else ''}"
            return f"L’académie {names.academy(one)} travaille sur {themes} au plus."
        case RuleKind.CONTINUING:
            name = names.application(one)
            return f"La candidature {name} est d’une équipe engagée pour deux ans : elle reste."
        case RuleKind.LOCKED_IN:
            return f"La candidature {names.application(one)} est retenue d’office."
        case RuleKind.LOCKED_OUT:
            return f"La candidature {names.application(one)} est écartée d’office."
        case RuleKind.NOT_ELIGIBLE:
            return f"La candidature {names.application(one)} n’est pas recevable."
        case RuleKind.INCOMPATIBLE:
            first, second = map(names.application, rule.subjects)
            return f"Les candidatures {first} et {second} ne peuvent être retenues ensemble."


def _minimum(rule: Rule, instance: Instance) -> str:
    answers = sum(row.theme == rule.subjects[0] for row in instance.applications)
    there = "aucune n’y répond" if not answers else f"{answers} y répond{'ent' * (answers > 1)}"
    return f"demande au moins {_count(rule.limit)} ; {there}."


def _count(number: int) -> str:
    return f"{number} candidature{'s' if number > 1 else ''}"


_SAID = {
    Why.NOT_ELIGIBLE: "La candidature n’est pas recevable.",
    Why.LOCKED_OUT: "La candidature est écartée d’office.",
    Why.THEME_FULL: "Le thème est complet",
    Why.ACADEMY_FULL: "L’académie a atteint son nombre de thèmes",
    Why.SCORE: "Sa valeur ne suffit pas",
}


def why_sentence(left: LeftOut, *, names: Names = BY_ID) -> str:
    """« Le thème est complet ; la retenir coûterait 1,25 point et écarterait « c3 ». »"""
    said = _SAID[left.why]
    if left.why in (Why.NOT_ELIGIBLE, Why.LOCKED_OUT):
        return said
    if left.price is None:
        return f"{said}."
    if left.price == math.inf:
        return f"{said} ; aucun choix qui la retienne ne respecte toutes les règles."
    cost = f"coûterait {points(left.price)}" if left.price else "ne coûterait rien"
    others = ", ".join(names.application(one) for one in left.displaces)
    return f"{said} ; la retenir {cost}{' et écarterait ' + others if others else ''}."


def held_sentence(held: Held) -> str:
    """« Fragile : sans le 2e avis, elle ne serait peut-être plus retenue. »"""
    if held.is_imposed:
        return "Retenue d’office."
    if held.margin is None:
        return "Solidité non calculée."
    if held.is_robust:
        review = "sans un avis, quel qu’il soit, comme " if held.reviews else ""
        return f"Solide : elle reste {review}avec un demi-point de moins."
    shakes = [f"sans {_ordinal(number)} avis" for number in held.falls_without]
    shakes += ["avec un demi-point de moins"] if held.falls_lowered else []
    *first, last = shakes
    said = f"{', '.join(first)} ou {last}" if first else last
    return f"Fragile : {said}, elle ne serait peut-être plus retenue."


def _ordinal(number: int) -> str:
    return "le 1er" if number == 0 else f"le {number + 1}e"


def summary(
    *, instance: Instance, choice: Choice, explanation: Explanation, names: Names = BY_ID
) -> list[str]:
    """The whole choice, line by line, for a terminal."""
    if choice.status is ChoiceStatus.INFEASIBLE:
        rules = [rule_sentence(one, instance=instance, names=names) for one in explanation.conflict]
        head = "Aucun choix ne respecte toutes les règles. Celles-ci se contredisent :"
        return [
            head,
            *(f"  - {one}" for one in rules),
            "Sans l’une d’elles, un choix est possible.",
        ]
    return [
        f"{choice.status.label.capitalize()} : {_worth(choice)}.",
        *_retained_lines(choice, explanation, names),
        *_left_out_lines(explanation, names),
        *_reserve_lines(explanation, names),
    ]


def _worth(choice: Choice) -> str:
    kept = len(choice.retained)
    said = f"{_count(kept)} retenue{'s' if kept > 1 else ''}"
    if choice.objective is None or choice.bound is None:
        return said
    value = f"{said}, valeur {points(choice.objective)}"
    if choice.status is ChoiceStatus.STOPPED:
        return f"{value} (aucun choix ne dépasse {points(choice.bound)})"
    return value


def _retained_lines(choice: Choice, explanation: Explanation, names: Names) -> list[str]:
    said = {one.id: held_sentence(one) for one in explanation.held}
    return ["Retenues :"] + [f"  {names.application(one)} {said[one]}" for one in choice.retained]


def _left_out_lines(explanation: Explanation, names: Names) -> list[str]:
    if not explanation.left_out:
        return []
    return ["Écartées :"] + [
        f"  {names.application(one.id)} {why_sentence(one, names=names)}"
        for one in explanation.left_out
    ]


def _reserve_lines(explanation: Explanation, names: Names) -> list[str]:
    lines = [
        f"  {names.theme(theme)} : {', '.join(names.application(one) for one in reserve)}"
        for theme, reserve in explanation.reserves.items()
        if reserve
    ]
    return ["Liste complémentaire, dans l’ordre d’appel :", *lines] if lines else []
