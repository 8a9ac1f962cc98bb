"""Forms drawn at random, and changes of them, for properties."""

from hypothesis import strategies as st

from traam.campaigns.rules.questions import (
    MAY_DECIDE,
    NO,
    WITH_OPTIONS,
    YES,
    Condition,
    Form,
    Option,
    Question,
    QuestionKind,
    Section,
    reworded,
)

K = QuestionKind
SECTIONS = (Section("one", "Un"), Section("two", "Deux", "Une aide"))
ONE, TWO = Section("one", "Un"), Section("two", "Deux")
TEXT = Question(id="what", kind=K.TEXT, label="Quoi", section="one")
CHOICE = Question(
    id="kind",
    kind=K.CHOICE,
    label="Lequel",
    section="one",
    options=(Option("a", "A"), Option("b", "B")),
)
YES_NO = Question(id="asked", kind=K.YES_NO, label="Est-ce prévu", section="one")
OPTIONS = tuple(Option(f"o{n}", f"Choix {n}") for n in range(4))
NAMES = tuple(f"q{n}" for n in range(6))
FLAT = tuple(kind for kind in QuestionKind if kind is not K.BLOCK)


def form(*questions: Question) -> Form:
    """Two sections, and these questions."""
    return Form((ONE, TWO), questions)


@st.composite
def options(draw) -> tuple[Option, ...]:
    size = draw(st.integers(2, 4))
    return tuple(draw(st.permutations(OPTIONS))[:size])


@st.composite
def questions(draw, name: str, kinds=tuple(QuestionKind)) -> Question:
    """A question of this identity, without a fault of its own."""
    kind = draw(st.sampled_from(kinds))
    given = {"required": draw(st.booleans()), "limit": draw(st.none() | st.integers(1, 50))}
    if kind in WITH_OPTIONS:
        given["options"] = draw(options())
    if kind is K.BLOCK:
        names = draw(
            st.lists(st.sampled_from(("a", "b", "c")), min_size=1, max_size=3, unique=True)
        )
        given["items"] = tuple(draw(questions(each, FLAT)) for each in names)
        given["repeats_min"] = draw(st.integers(0, 2))
        given["repeats_max"] = draw(st.none() | st.integers(2, 5))
    section = draw(st.sampled_from(SECTIONS)).id
    label = draw(st.sampled_from(("Quoi ?", "Comment ?", "Avec qui ?")))
    return Question(id=name, kind=kind, label=label, section=section, **given)


@st.composite
def forms(draw) -> Form:
    """A form that may be published."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    made = Form(SECTIONS, tuple(draw(questions(name)) for name in names))
    return draw(conditioned(made))


@st.composite
def conditioned(draw, form: Form) -> Form:
    """The same form, with a condition where one may stand."""
    before: list[Question] = []
    changed = {}
    for question in form.in_order():
        choices = [one for one in before if one.kind in MAY_DECIDE]
        if choices and draw(st.booleans()):
            other = draw(st.sampled_from(choices))
            keys = sorted(other.keys or {YES, NO})
            among = draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
            changed[question.id] = Condition(other.id, tuple(among))
        before.append(question)
    kept = (reworded(one, condition=changed.get(one.id)) for one in form.questions)
    return Form(form.sections, tuple(kept))


def values(question: Question):
    """What a person may have typed: what is asked, and what is not."""
    texts = st.text(alphabet="aé1 2,.\n«", max_size=60)
    match question.kind:
        case K.NUMBER:
            return st.integers(0, 99) | texts
        case K.YES_NO:
            return st.booleans()
        case K.CHOICE:
            return st.sampled_from(sorted(question.keys)) | texts
        case K.CHOICES:
            return st.lists(st.sampled_from(sorted(question.keys)), unique=True)
        case K.DAY:
            return st.dates().map(lambda day: day.isoformat()) | texts
        case K.BLOCK:
            row = st.fixed_dictionaries(
                {}, optional={one.id: values(one) for one in question.items}
            )
            return st.lists(row, max_size=4)
    return texts
