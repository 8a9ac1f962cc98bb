"""HiGHS, and all that is asked of it: the best choice within bounds, proven or stopped.

First the linear relaxation, which keeps its basis from one question to the next; where its answer
is whole it is the optimum, else the branch and bound is asked. One thread and one seed: the same
model always gets the same answer, unless the time is up.
"""

import math
from dataclasses import dataclass, replace
from typing import Any

import highspy

from traam.kit.labels import Labelled
from traam.selection.optimiser import objective
from traam.selection.optimiser.instance import Id
from traam.selection.optimiser.model import Bounds, Model

_Solver = Any  # a highspy.Highs, whose stubs lack some methods
_new: Any = highspy.Highs
WHOLE = 1e-6  # how far from a whole number a column may be
_EXACT = 1e-9
_FARTHER = (0.1, 0.3, 1.0, 3.0, 10.0, math.inf)  # points below the relaxation
_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-7,
    "mip_feasibility_tolerance": _EXACT * 10,
    "primal_feasibility_tolerance": _EXACT,
    "dual_feasibility_tolerance": _EXACT,
    # What is asked is nearly settled: these cost more than the few nodes that they spare.
    "mip_allow_restart": False,
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}


class ChoiceStatus(Labelled):
    """How a computation ended."""

    OPTIMAL = "optimal", "optimum prouvé"
    INFEASIBLE = "infeasible", "aucun choix possible"
    STOPPED = "stopped", "arrêté avant la preuve"


@dataclass(frozen=True)
class Relaxation:
    """The linear optimum: its value, and what each column and each row costs to move."""

    value: float
    columns: list[float]
    reduced_costs: list[float]
    rows: list[float]
    duals: list[float]


@dataclass(frozen=True)
class Found:
    """`retained` is None where there is none, or none yet; `value`: its sum of costs; `bound`: no
    choice has a greater one."""

    status: ChoiceStatus
    retained: frozenset[Id] | None
    value: float
    bound: float
    relaxation: Relaxation | None


class Engine:
    """One instance's model in HiGHS; each question gives its bounds and its costs."""

    def __init__(self, model: Model, *, seconds: float = math.inf) -> None:
        self.model = model
        self.seconds = seconds
        self._relaxed = _loaded(model, whole=False)
        self._whole: _Solver = None

    def best(self, bounds: Bounds, costs: list[float], *, known: float = -math.inf) -> Found:
        """The choice within these bounds with the greatest sum of costs; `known`: a sum that one of
        them is known to have."""
        if bounds.contradict():
            return Found(ChoiceStatus.INFEASIBLE, None, -math.inf, -math.inf, None)
        status = self._run(self._relaxed, bounds, costs)
        if status is not ChoiceStatus.OPTIMAL:
            return Found(status, None, -math.inf, math.inf, None)
        relaxation = _relaxation(self._relaxed)
        if self._is_whole(relaxation):
            retained, value = self._retained(relaxation.columns), relaxation.value
            return Found(status, retained, value, value, relaxation)
        return self._branched(bounds, costs, relaxation, known)

    def _branched(
        self, bounds: Bounds, costs: list[float], relaxation: Relaxation, known: float
    ) -> Found:
        """Branch and bound, first among the choices close to the relaxation's value: nearly all
        columns are then fixed. The best there is the best of all if it is worth what those left
        aside may be; else, or if there is none, one looks further, never beyond the best known."""
        found = Found(ChoiceStatus.INFEASIBLE, None, -math.inf, relaxation.value, relaxation)
        for away in _FARTHER:
            floor = relaxation.value - away
            if max(known, found.value) >= relaxation.value - 4 * away:
                floor = max(known, found.value)
            close = self.narrowed(bounds, relaxation, floor) if math.isfinite(floor) else bounds
            again = self._searched(close, costs, relaxation, elsewhere=floor)
            if again.retained is not None and again.value >= found.value:
                found = again
            if again.status is ChoiceStatus.STOPPED:
                return replace(found, status=again.status, bound=again.bound)
            if found.retained is not None and found.value >= floor - _EXACT:
                return replace(found, bound=max(found.value, floor))
        return found

    def _searched(
        self, bounds: Bounds, costs: list[float], relaxation: Relaxation, *, elsewhere: float
    ) -> Found:
        """`elsewhere`: what the choices outside these bounds are worth at most."""
        if self._whole is None:
            self._whole = _loaded(self.model, whole=True)
        status = self._run(self._whole, bounds, costs)
        if status is ChoiceStatus.INFEASIBLE:
            return Found(status, None, -math.inf, -math.inf, relaxation)
        info = self._whole.getInfo()
        bound = min(max(info.mip_dual_bound, elsewhere), relaxation.value)
        has_one = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not has_one:
            return Found(status, None, -math.inf, bound, relaxation)
        retained = self._retained(list(self._whole.getSolution().col_value))
        return Found(status, retained, info.objective_function_value, bound, relaxation)

    def _run(self, solver: _Solver, bounds: Bounds, costs: list[float]) -> ChoiceStatus:
        columns, rows = len(costs), len(bounds.row_lower)
        solver.changeColsCost(columns, list(range(columns)), costs)
        indices = list(range(columns))
        solver.changeColsBounds(columns, indices, bounds.column_lower, bounds.column_upper)
        solver.changeRowsBounds(rows, list(range(rows)), bounds.row_lower, bounds.row_upper)
        if math.isfinite(self.seconds):
            solver.setOptionValue("time_limit", solver.getRunTime() + self.seconds)
        solver.run()
        if solver.getModelStatus() not in _STATUSES:  # numerical trouble: without what it knows
            solver.clearSolver()
            solver.run()
        return _STATUSES[solver.getModelStatus()]

    def _is_whole(self, relaxation: Relaxation) -> bool:
        columns = relaxation.columns[: len(self.model.applications)]
        return all(abs(number - round(number)) <= WHOLE for number in columns)

    def _retained(self, columns: list[float]) -> frozenset[Id]:
        pairs = zip(self.model.applications, columns, strict=False)
        return frozenset(row.id for row, number in pairs if number > 0.5)

    def narrowed(self, bounds: Bounds, relaxation: Relaxation, floor: float) -> Bounds:
        """The bounds without what no choice worth `floor` has: a column or a row that costs more
        than the gap to move stays where the relaxation has it (reduced costs and duals)."""
        gap = max(0.0, relaxation.value - floor) + objective.tolerance(floor)
        narrowed = bounds.copy()
        for column in range(len(self.model.applications)):
            if abs(relaxation.reduced_costs[column]) > gap:
                narrowed.fix(column, round(relaxation.columns[column]))
        for row in range(self.model.whole_rows):
            if abs(relaxation.duals[row]) > gap:
                number = round(relaxation.rows[row])
                narrowed.row_lower[row] = narrowed.row_upper[row] = number
        return narrowed


def _relaxation(solver: _Solver) -> Relaxation:
    solution = solver.getSolution()
    return Relaxation(
        solver.getInfo().objective_function_value,
        list(solution.col_value),
        list(solution.col_dual),
        list(solution.row_value),
        list(solution.row_dual),
    )


_STATUSES = {
    highspy.HighsModelStatus.kOptimal: ChoiceStatus.OPTIMAL,
    highspy.HighsModelStatus.kModelEmpty: ChoiceStatus.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: ChoiceStatus.INFEASIBLE,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: ChoiceStatus.INFEASIBLE,  # all are bounded
    highspy.HighsModelStatus.kTimeLimit: ChoiceStatus.STOPPED,
}


def _loaded(model: Model, *, whole: bool) -> _Solver:
    """HiGHS with the rows and columns of the model; bounds and costs come with each question."""
    solver = _new()
    for name, chosen in _OPTIONS.items():
        solver.setOptionValue(name, chosen)
    free = model.bounds(())
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(model.costs), len(model.rows)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = model.costs
    program.col_lower_, program.col_upper_ = free.column_lower, free.column_upper
    program.row_lower_, program.row_upper_ = free.row_lower, free.row_upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    starts = [0]
    for terms in model.rows:
        starts.append(starts[-1] + len(terms))
    program.a_matrix_.start_ = starts
    program.a_matrix_.index_ = [column for terms in model.rows for column in terms]
    program.a_matrix_.value_ = [number for terms in model.rows for number in terms.values()]
    if whole:
        applications = len(model.applications)
        kinds = [highspy.HighsVarType.kInteger] * applications
        extra = len(model.costs) - applications
        program.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * extra
    solver.passModel(program)
    return solver
