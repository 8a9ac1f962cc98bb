"""What ties a production to its campaign and theme: certain, or pending and said so."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from traam.campaigns import queries
from traam.campaigns.models import Campaign, Theme
from traam.campaigns.rules.titles import Candidate, Wanted, matches, words_of
from traam.campaigns.rules.years import Years, span
from traam.catalogue.record import Record, Term
from traam.kit.rows import shown
from traam.reference.rules import Vocabulary

TITLE_MAX = 200  # characters of a title quoted in a reason


@dataclass(frozen=True, slots=True)
class Link:
    """The campaign and the theme found; `mended` and `told` say how, in French."""

    campaign: Term | None = None
    theme: Term | None = None
    told: str = ""
    mended: str = ""


class Linker:
    """The campaigns and themes that are loaded, read once for a whole file."""

    def __init__(self, *, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.candidates = _by_first_year(queries.candidates())
        self.campaigns = {one.year: one for one in Campaign.objects.public()}
        themes = Theme.objects.public().select_related("campaign")
        self.themes = {one.code: one for one in themes}
        self.found: dict[tuple[str, Years, frozenset[str], str], Link] = {}

    def link(
        self, *, theme_text: str, years: Years, disciplines: Iterable[str], discipline_text: str
    ) -> Link:
        """Where this production belongs, by the title of its theme, its discipline, its years."""
        asked = (theme_text, years, frozenset(disciplines), discipline_text)
        if asked not in self.found:
            self.found[asked] = self._link(*asked)
        return self.found[asked]

    def _link(
        self, theme_text: str, years: Years, disciplines: frozenset[str], discipline_text: str
    ) -> Link:
        campaign = self.campaigns.get(years.address) if years.first else None
        beside = _term(campaign) if campaign else None
        if not theme_text:
            return Link(campaign=beside)
        wanted = Wanted(
            words=words_of(theme_text),
            years=years,
            disciplines=self._with_broader(disciplines) or frozenset({discipline_text.casefold()}),
        )
        found = matches(wanted, self.candidates.get(years.first, ()))
        if len(found) != 1:
            return Link(campaign=beside, told=_pending(theme_text, years, campaign, found))
        theme = self.themes[found[0]]
        exact = theme.title == theme_text
        return Link(
            campaign=_term(theme.campaign),
            theme=Term(code=theme.code, label=theme.title),
            mended="" if exact else _approximate(theme_text, theme),
        )

    def _with_broader(self, codes: Iterable[str]) -> frozenset[str]:
        """« Anglais » belongs to a theme of « Langues vivantes »."""
        found = set(codes)
        for code in tuple(found):
            facts = self.vocabulary.facts(scheme="disciplines", code=code)
            found |= {facts.parent} if facts and facts.parent else set()
        return frozenset(found)

    def link_record(self, record: Record) -> Link:
        """The same, for a notice whose link is pending."""
        return self.link(
            theme_text=record.theme_text,
            years=span(record.years),
            disciplines=[term.code for term in record.disciplines],
            discipline_text=record.discipline_text,
        )


def _by_first_year(themes: Iterable[Candidate]) -> dict[int | None, Sequence[Candidate]]:
    """Those that may cover what begins in this year: all the others cannot match."""
    made: dict[int | None, list[Candidate]] = defaultdict(list)
    for one in themes:
        years = range(one.years.first, one.years.last or one.years.first) if one.years.first else ()
        for year in years or (one.years.first,):
            made[year].append(one)
    return dict(made)


def _term(campaign: Campaign) -> Term:
    return Term(code=campaign.year, label=campaign.label)


def _quoted(title: str) -> str:
    return shown(title, limit=TITLE_MAX)


def _approximate(theme_text: str, theme: Theme) -> str:
    return (
        f"Champ « theme » : {_quoted(theme_text)} est rattaché au thème {_quoted(theme.title)} "
        f"({theme.code})."
    )


def _pending(
    theme_text: str, years: Years, campaign: Campaign | None, found: tuple[str, ...]
) -> str:
    if found:
        why = f"plusieurs thèmes y répondent ({', '.join(found)})"
    elif campaign is None and years.first:
        why = f"la campagne {years.address} n’est pas chargée"
    elif campaign is None:
        why = "l’année n’est pas connue"
    else:
        why = f"aucun thème de la campagne {years.address} n’y répond dans cette discipline"
    return f"Champ « theme » : {_quoted(theme_text)} : lien en attente, {why}."
