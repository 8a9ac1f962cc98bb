"""The index follows what is written, starts again from any fault, and never serves another past."""

import multiprocessing
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import OperationalError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogue.search.factories import Clock, History, RecordFactory, searching, terms
from traam.catalogue.search import Engine, Request
from traam.catalogue.search.live import Live
from traam.catalogue.search.store import Store
from traam.kit.refusals import Refusal


def arks(engine: Engine, text: str = "") -> set[str]:
    return {hit.ark for hit in engine.search(Request(text=text, per_page=100)).hits}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d"]),
        st.sampled_from(["publish", "publish", "withdraw", "follow"]),
        st.integers(0, 3),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_follow_gives_the_same_index_as_a_rebuilding(
    steps: list, tmp_path_factory: pytest.TempPathFactory
) -> None:
    history = History()
    followed = searching(tmp_path_factory.mktemp("followed"), history)
    for ark, step, number in steps:
        if step == "publish":
            tools = terms(*[f"o{rank}" for rank in range(number + 1)])
            history.publish(ark, RecordFactory(title=f"titre {number}", tools=tools))
        elif step == "withdraw":
            history.withdraw(ark)
        else:
            followed.follow()

    followed.follow()
    rebuilt = searching(tmp_path_factory.mktemp("rebuilt"), history)

    assert arks(followed) == set(history.shown())
    for asked in (Request(sort="titre"), Request(text="titre 2", sort="titre"), Request()):
        one, other = followed.search(asked), rebuilt.search(asked)
        assert (one.total, one.hits, one.facets) == (other.total, other.hits, other.facets)
    assert followed.sequence == rebuilt.sequence == len(history.written)


def test_search_follows_by_itself_every_half_second(tmp_path: Path) -> None:
    clock, history = Clock(), History(a=RecordFactory())
    engine = searching(tmp_path, history, clock=clock)
    assert arks(engine) == {"a"}
    history.publish("b", RecordFactory())
    history.withdraw("a")

    clock.time = 0.4
    before = arks(engine)
    clock.time = 0.5

    assert (before, arks(engine)) == ({"a"}, {"b"})


def test_search_does_not_look_at_the_notices_in_between(tmp_path: Path) -> None:
    clock, history = Clock(), History(a=RecordFactory())
    engine = searching(tmp_path, history, clock=clock)
    arks(engine)
    history.around = history.current = history.last = None  # any call raises

    assert arks(engine, "titre") == {"a"}


def test_another_engine_of_the_node_sees_what_one_applied(tmp_path: Path) -> None:
    clock, history = Clock(), History(a=RecordFactory())
    one = searching(tmp_path, history, clock=clock)
    other = searching(tmp_path, history, clock=clock)
    assert arks(one) == arks(other) == {"a"}
    history.publish("b", RecordFactory())

    assert one.follow() == 1
    assert other.follow() == 0
    assert arks(other) == {"a", "b"}


def test_follow_leaves_the_work_to_the_one_that_holds_the_lock(tmp_path: Path) -> None:
    history = History(a=RecordFactory())
    engine = searching(tmp_path, history)
    arks(engine)
    history.publish("b", RecordFactory())

    with Store(tmp_path).lock(wait=True) as mine:
        applied = engine.follow()

    assert (mine, applied, arks(engine), engine.caught_up()) == (True, 0, {"a"}, False)
    assert (engine.follow(), arks(engine), engine.caught_up()) == (1, {"a", "b"}, True)


def test_search_looks_again_soon_at_what_another_process_is_writing(tmp_path: Path) -> None:
    clock, history = Clock(), History(a=RecordFactory())
    engine = searching(tmp_path, history, clock=clock)
    arks(engine)
    history.publish("b", RecordFactory())

    clock.time = 0.5
    with Store(tmp_path).lock(wait=True):
        during = arks(engine)
    clock.time = 0.6

    assert (during, arks(engine)) == ({"a"}, {"a", "b"})


def test_search_may_be_shared_between_threads_while_it_follows(tmp_path: Path) -> None:
    clock, history = Clock(), History(a=RecordFactory(title="titre"))
    engine = searching(tmp_path, history, clock=clock)

    def search(number: int) -> int:
        clock.time += 0.2
        return engine.search(Request(text="titre", page=number % 3)).total

    with ThreadPoolExecutor(4) as pool:
        totals = []
        for number in range(20):
            history.publish(f"n{number}", RecordFactory(title="titre"))
            totals += pool.map(search, range(8))

    engine.follow()

    assert min(totals) >= 1
    assert engine.search(Request(text="titre")).total == 21


def test_follow_applies_again_what_a_crash_left_unsaid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(a=RecordFactory())
    engine = searching(tmp_path, history)
    arks(engine)
    history.publish("b", RecordFactory())
    history.publish("a", RecordFactory(title="Corrigée"))
    with monkeypatch.context() as patched:
        patched.setattr(Store, "write", _crash)
        with pytest.raises(KeyboardInterrupt):
            engine.follow()

    engine = searching(tmp_path, history)

    assert engine.search(Request()).total == 2
    assert arks(engine, "corrigée") == {"a"}


def _crash(*args: object) -> None:
    raise KeyboardInterrupt


def test_follow_starts_again_when_the_notices_were_restored(tmp_path: Path) -> None:
    history = History(a=RecordFactory(), b=RecordFactory())
    engine = searching(tmp_path, history)
    assert arks(engine) == {"a", "b"}
    history.written.clear()
    history.publish("c", RecordFactory())

    engine.follow()
    after_less = arks(engine)
    history.written.clear()
    history.publish("d", RecordFactory())
    history.publish("e", RecordFactory())
    engine.follow()

    assert (after_less, arks(engine)) == ({"c"}, {"d", "e"})


def test_follow_starts_again_when_academies_merged(tmp_path: Path) -> None:
    history = History(a=RecordFactory(academies=terms("14")))
    arks(searching(tmp_path, history))

    engine = searching(tmp_path, history, successors={"14": ("70", "Normandie")})

    assert arks(engine, "normandie") == {"a"}


def _remove(folder: Path) -> None:
    shutil.rmtree(folder)


def _truncate(folder: Path) -> None:
    for path in folder.glob("*/index-*/*"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _scribble(folder: Path) -> None:
    for path in folder.glob("*/index-*/*"):
        path.write_bytes(b"\x00garbage" * 50)


def _forget_state(folder: Path) -> None:
    next(folder.glob("*/state.json")).unlink()


def _spoil_state(folder: Path) -> None:
    next(folder.glob("*/state.json")).write_text('{"folder": 3}')


def _remove_index(folder: Path) -> None:
    shutil.rmtree(next(folder.glob("*/index-*")))


def _remove_segments(folder: Path) -> None:
    for path in folder.glob("*/index-*/*.idx"):
        path.unlink()


FAULTS = [
    *(_remove, _truncate, _scribble, _forget_state, _spoil_state, _remove_index),
    _remove_segments,
]


@pytest.mark.parametrize("spoil", FAULTS)
def test_an_index_that_cannot_be_read_is_built_again(tmp_path: Path, spoil) -> None:
    history = History(a=RecordFactory(title="Vidéo"), b=RecordFactory())
    folder = tmp_path / "index"
    arks(searching(folder, history))

    spoil(folder)
    engine = searching(folder, history)

    assert arks(engine, "vidéo") == {"a"}
    assert engine.caught_up()


@pytest.mark.parametrize("spoil", [_remove, _forget_state, _spoil_state, _remove_index])
def test_an_open_engine_survives_the_loss_of_its_folder(tmp_path: Path, spoil) -> None:
    history = History(a=RecordFactory())
    folder = tmp_path / "index"
    engine = searching(folder, history)
    arks(engine)

    spoil(folder)
    during = arks(engine)
    history.publish("b", RecordFactory())
    engine.follow()

    assert (during, arks(engine)) == ({"a"}, {"a", "b"})


def test_another_version_of_the_analysis_has_its_own_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(a=RecordFactory())
    arks(searching(tmp_path, history))
    monkeypatch.setattr("traam.catalogue.search.store.version", lambda: "autre")

    engine = searching(tmp_path, history)

    assert arks(engine) == {"a"}
    assert len(list(tmp_path.glob("*/state.json"))) == 2


def test_rebuild_leaves_one_index(tmp_path: Path) -> None:
    history = History(a=RecordFactory())
    engine = searching(tmp_path, history)
    arks(engine)

    assert engine.rebuild() == 1
    assert (arks(engine), len(list(tmp_path.glob("*/index-*")))) == ({"a"}, 1)


@pytest.mark.parametrize("fault", [OSError(28, "No space left"), OperationalError("away")])
def test_search_answers_with_what_it_has_when_it_cannot_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    clock, history = Clock(), History(a=RecordFactory())
    engine = searching(tmp_path, history, clock=clock)
    arks(engine)
    history.publish("b", RecordFactory())
    clock.time = 1

    def fail(*args: object, **kwargs: object) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(Store, "write" if isinstance(fault, OSError) else "signature", fail)
        during = arks(engine)
    clock.time = 2

    assert (during, arks(engine)) == ({"a"}, {"a", "b"})


def test_search_refuses_when_no_index_can_be_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(Store, "create", fail)

    with pytest.raises(Refusal, match="réessayez"):
        searching(tmp_path, History()).search(Request())


def _work(folder: str, rounds: int) -> None:
    """Another process: searches and follows the same growing history."""
    history = History()
    engine = searching(Path(folder), history)
    for number in range(rounds):
        history.publish(f"n{number}", RecordFactory(title=f"titre {number}"))
        engine.follow()
        engine.search(Request(text="titre"))


def test_two_processes_may_write_the_same_index(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_work, args=(str(tmp_path), 15)) for _ in range(2)]

    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert [worker.exitcode for worker in workers] == [0, 0]
    history = History(
        **{f"n{number}": RecordFactory(title=f"titre {number}") for number in range(15)}
    )
    engine = searching(tmp_path, history)
    assert (engine.search(Request()).total, engine.caught_up()) == (15, True)


def test_search_builds_the_index_again_when_it_fails_while_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, history = Clock(), History(a=RecordFactory())
    engine = searching(tmp_path, history, clock=clock)
    arks(engine)
    before = [path.name for path in tmp_path.glob("*/index-*")]
    answer = Engine._answer
    faults = [ValueError("corrupt")]

    def fail_first(self: Engine, view: object, request: Request) -> object:
        if faults:
            raise faults.pop()
        return answer(self, view, request)

    monkeypatch.setattr(Engine, "_answer", fail_first)
    healed = arks(engine, "titre")
    faults.append(ValueError("of another kind"))

    assert healed == {"a"}
    assert [path.name for path in tmp_path.glob("*/index-*")] != before
    with pytest.raises(ValueError, match="another kind"):  # not twice in ten minutes
        arks(engine, "autre")


def test_search_builds_the_index_again_when_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, history = Clock(), History(a=RecordFactory())
    engine = searching(tmp_path, history, clock=clock)
    arks(engine)
    history.publish("b", RecordFactory())
    clock.time = 1

    def fail(*args: object) -> None:
        raise ValueError("a segment cannot be read")

    monkeypatch.setattr(Live, "_apply", fail)

    assert arks(engine) == {"a", "b"}
