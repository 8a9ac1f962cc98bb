"""Who reviews which application: an exact minimum-cost flow, the same whatever the order given.

What is minimised, over the new pairs and with whole numbers only:
    Σ over new pairs of (`mismatch` if no discipline is shared, plus what `extra` says of the pair)
    + Σ over reviewers of load², the load counting what each already reads.
The squares balance: among loads of equal sum the least sum of squares is the most even, and moving
one file from a reviewer of load 8 to one of load 5 is worth 4.

The flow goes from each application, `reviews` units, over pairs that are not barred, one unit each,
to reviewers, whose k-th unit costs k² − (k − 1)² = 2k − 1 up to their maximum. It is sent one unit
at a time along a shortest residual path, found by Dijkstra's algorithm on costs made positive by
potentials (Edmonds & Karp, J. ACM 19(2), 1972; Ahuja, Magnanti & Orlin, Network Flows, 1993, §9.7
and §14.2 for convex costs), which keeps the flow of least cost for what was sent.

Every application gets its first review before any gets a second. What cannot be served is therefore
spread as evenly as the rules allow (the sets that can be served are the independent sets of
a matroid, on which this order is optimal: Edmonds, « Matroids and the greedy algorithm », 1971).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from traam.kit.labels import Labelled
from traam.kit.refusals import Refusal
from traam.kit.text import plural

Pair = tuple[int, int]  # a reviewer's and an application's keys

MISMATCH = 20  # worth an imbalance of ten files between two reviewers
_NOTHING: Mapping[Pair, int] = {}
_SINK, _REVIEWER, _APPLICATION = range(3)
_FAR = 1 << 60


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who may review: at most `maximum` applications, what is kept included."""

    key: int
    maximum: int
    disciplines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ToRead:
    """An application to review; without a discipline (a transversal one) it suits everyone."""

    key: int
    disciplines: frozenset[str] = frozenset()


class ShortageKind(Labelled):
    """Why an application lacks reviewers."""

    BARRED = "barred", "trop peu d’évaluateurs peuvent la lire"
    FULL = "full", "les charges maximales sont atteintes"


@dataclass(frozen=True, slots=True)
class Shortage:
    """An application that lacks reviews; the sentence does not name it."""

    application: int
    given: int  # what is kept included
    kind: ShortageKind
    sentence: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """The new pairs, sorted; the loads count what was kept; `cost` is what was minimised."""

    pairs: tuple[Pair, ...]
    loads: Mapping[int, int]
    cost: int
    shortages: tuple[Shortage, ...]
    barred_kept: tuple[Pair, ...]  # kept pairs that are barred: for a person to settle


def assign(
    readers: Collection[Reader],
    applications: Collection[ToRead],
    *,
    reviews: int,
    barred: Collection[Pair] = (),
    kept: Collection[Pair] = (),
    mismatch: int = MISMATCH,
    extra: Mapping[Pair, int] = _NOTHING,
) -> Assignment:
    """Gives each application `reviews` different reviewers, kept pairs included, at least cost.

    `barred` pairs are never made; `kept` ones stay, even barred or beyond a maximum, and are told.
    `extra`: what a pair costs besides its discipline. Raises `Refusal` on numbers without a sense.
    """
    _refuse(readers, reviews=reviews, mismatch=mismatch, extra=extra)
    forbidden, fixed = frozenset(barred), frozenset(kept)
    network = _Network(
        sorted(readers, key=lambda one: one.key), sorted(applications, key=lambda one: one.key)
    )
    network.open(forbidden | fixed, fixed, mismatch, extra)
    network.serve(reviews)
    return Assignment(
        pairs=network.pairs(),
        loads=network.loads(),
        cost=network.cost(),
        shortages=network.shortages(reviews),
        barred_kept=tuple(sorted(fixed & forbidden)),
    )


def _refuse(
    readers: Collection[Reader], *, reviews: int, mismatch: int, extra: Mapping[Pair, int]
) -> None:
    faults = []
    if reviews < 1:
        faults.append(f"Le nombre d’avis par candidature (reçu : {reviews}) doit être au moins 1.")
    if mismatch < 0 or min(extra.values(), default=0) < 0:
        faults.append("Le coût d’une discipline ou d’un choix doit être 0 ou plus.")
    least = min((one.maximum for one in readers), default=0)
    if least < 0:
        faults.append(f"La charge maximale d’un évaluateur (reçu : {least}) doit être 0 ou plus.")
    if faults:
        raise Refusal(*faults)


class _Network:
    """The residual network; nodes are places in the sorted lists, the sink's potential is 0."""

    def __init__(self, readers: list[Reader], applications: list[ToRead]) -> None:
        self.readers, self.applications = readers, applications
        self.costs: list[dict[int, int]] = []  # by application: reviewer → cost, where allowed
        self.kept = [0] * len(applications)
        self.load = [0] * len(readers)
        self.read_by: list[dict[int, None]] = [{} for _ in applications]
        self.reads: list[dict[int, None]] = [{} for _ in readers]
        self.reader_potential = [0] * len(readers)
        self.file_potential = [0] * len(applications)
        self.short: list[int] = []

    def open(
        self,
        closed: frozenset[Pair],
        fixed: frozenset[Pair],
        mismatch: int,
        extra: Mapping[Pair, int],
    ) -> None:
        """Opens the pairs that may be made, and counts those that are kept."""
        for application in self.applications:
            costs = {}
            for place, reader in enumerate(self.readers):
                pair = (reader.key, application.key)
                if pair not in closed:
                    suits = not application.disciplines.isdisjoint(reader.disciplines)
                    suits = suits or not application.disciplines
                    costs[place] = extra.get(pair, 0) + (0 if suits else mismatch)
            self.costs.append(costs)
        places = {reader.key: index for index, reader in enumerate(self.readers)}
        rows = {application.key: index for index, application in enumerate(self.applications)}
        for reader_key, application_key in fixed:
            if application_key in rows:
                self.kept[rows[application_key]] += 1
            if reader_key in places:
                self.load[places[reader_key]] += 1

    def serve(self, reviews: int) -> None:
        """Sends the units: every first review, then every second one…"""
        short: dict[int, None] = {}
        for wanted in range(1, reviews + 1):
            for row in range(len(self.applications)):
                if self.kept[row] < wanted and row not in short and not self._send(row):
                    short[row] = None  # nor ever: no later path leaves what it can reach
        self.short = sorted(short)

    def _send(self, row: int) -> bool:
        """Sends one unit from this application along a shortest path; False when there is none."""
        search = _Search(self, row)
        if search.last is None:
            return False
        for (kind, place), distance in search.settled.items():
            if kind == _REVIEWER:
                self.reader_potential[place] += distance - search.length
            else:
                self.file_potential[place] += distance - search.length
        self._follow(search, row, search.last)
        return True

    def _follow(self, search: "_Search", row: int, reader: int) -> None:
        """Turns the path, from its last reviewer back to the application it comes from."""
        self.load[reader] += 1
        while True:
            giver = search.giver[reader]
            self.read_by[giver][reader] = None
            self.reads[reader][giver] = None
            if giver == row:
                return
            reader = search.released[giver]
            del self.read_by[giver][reader]
            del self.reads[reader][giver]

    def pairs(self) -> tuple[Pair, ...]:
        return tuple(
            sorted(
                (self.readers[place].key, self.applications[row].key)
                for row, readers in enumerate(self.read_by)
                for place in readers
            )
        )

    def loads(self) -> dict[int, int]:
        return {reader.key: load for reader, load in zip(self.readers, self.load, strict=True)}

    def cost(self) -> int:
        made = sum(self.costs[row][place] for row, had in enumerate(self.read_by) for place in had)
        return made + sum(load * load for load in self.load)

    def shortages(self, reviews: int) -> tuple[Shortage, ...]:
        return tuple(self._shortage(row, reviews) for row in self.short)

    def _shortage(self, row: int, reviews: int) -> Shortage:
        possible, given = len(self.costs[row]), self.kept[row] + len(self.read_by[row])
        is_barred = possible + self.kept[row] < reviews
        said = _barred_said if is_barred else _full_said
        return Shortage(
            application=self.applications[row].key,
            given=given,
            kind=ShortageKind.BARRED if is_barred else ShortageKind.FULL,
            sentence=f"{given} avis sur {reviews} : {said(possible, len(self.readers))}",
        )


def _barred_said(possible: int, readers: int) -> str:
    if not readers:
        return "aucun évaluateur n’est proposé."
    can = "aucun ne peut" if not possible else "1 seul peut" if possible == 1 else "{} peuvent"
    return (
        f"sur {plural(readers, 'évaluateur')}, {can.format(possible)} encore lire cette "
        "candidature (les autres ont un lien avec elle, ou la lisent déjà)."
    )


def _full_said(possible: int, _readers: int) -> str:
    return (
        f"{plural(possible, 'évaluateur peut', 'évaluateurs peuvent')} la lire, mais les charges "
        "maximales sont atteintes, y compris chez tous ceux qui pourraient prendre le relais."
    )


class _Search:
    """Dijkstra's algorithm from one application to the sink, stopped as soon as it is reached.

    `last`: the reviewer before the sink, None when it cannot be reached; `length`: of the path, in
    reduced cost; `settled`: the nodes nearer than the sink; `giver`: the application through which
    each reviewer was reached; `released`: the reviewer through whom each application was.
    """

    def __init__(self, network: _Network, row: int) -> None:
        self.network = network
        self.last: int | None = None
        self.length = _FAR
        self.settled: dict[tuple[int, int], int] = {}
        self.giver: dict[int, int] = {}
        self.released: dict[int, int] = {}
        self._reader_distance = [_FAR] * len(network.readers)
        self._file_distance = {row: 0}
        self._heap = [(0, _APPLICATION, row)]
        self._run()

    def _run(self) -> None:
        while self._heap:
            distance, kind, place = heappop(self._heap)
            if distance >= self.length:
                return
            if (kind, place) in self.settled:
                continue
            self.settled[kind, place] = distance
            if kind == _REVIEWER:
                self._leave_reviewer(place, distance)
            else:
                self._leave_application(place, distance)

    def _leave_application(self, row: int, distance: int) -> None:
        """To the reviewers who may read it and do not yet."""
        network, mine, distances = self.network, self.network.read_by[row], self._reader_distance
        start, potential = distance + network.file_potential[row], network.reader_potential
        for place, cost in network.costs[row].items():
            reached = start + cost - potential[place]
            if reached < distances[place] and reached < self.length and place not in mine:
                distances[place] = reached
                self.giver[place] = row
                self._reach_sink(place, reached)
                heappush(self._heap, (reached, _REVIEWER, place))

    def _reach_sink(self, place: int, distance: int) -> None:
        network = self.network
        load = network.load[place]
        if load < network.readers[place].maximum:
            length = distance + 2 * load + 1 + network.reader_potential[place]
            if length < self.length:
                self.length, self.last = length, place

    def _leave_reviewer(self, place: int, distance: int) -> None:
        """To the applications that this reviewer could give up."""
        network = self.network
        start = distance + network.reader_potential[place]
        for row in network.reads[place]:
            reached = start - network.costs[row][place] - network.file_potential[row]
            if reached < self._file_distance.get(row, _FAR) and reached < self.length:
                self._file_distance[row] = reached
                self.released[row] = place
                heappush(self._heap, (reached, _APPLICATION, row))
