"""Components: hostile text stays text, forms keep what was typed, nothing needs a script."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests.house.pages import check_part
from traam.kit import specimens
from traam.kit.forms import DayInput, InstantInput, page_numbers, widget_kind
from traam.kit.maps import Area, drawn

HOSTILE = "<script>alert(1)</script>\"'><b onmouseover=x>"
NOW = datetime(2026, 3, 30, 16, 0, tzinfo=UTC)


class Hostile(forms.Form):
    """All that a form says comes from somewhere else."""

    name = forms.CharField(label=HOSTILE, help_text=HOSTILE)
    text = forms.CharField(label=HOSTILE, widget=forms.Textarea)
    one = forms.ChoiceField(label=HOSTILE, choices=[(HOSTILE, HOSTILE)])
    radio = forms.ChoiceField(label=HOSTILE, choices=[(HOSTILE, HOSTILE)], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label=HOSTILE, choices=[(HOSTILE, HOSTILE)], widget=forms.CheckboxSelectMultiple
    )
    yes = forms.BooleanField(label=HOSTILE, help_text=HOSTILE)
    secret = forms.CharField(label=HOSTILE, widget=forms.PasswordInput)

    def clean(self) -> None:
        raise forms.ValidationError(HOSTILE)


SOURCES = {
    "button": "{{ button(x, name=x, value=x, icon_only=true, attrs={'title': x}) }}",
    "bars": "{{ bars(x, x, x, [{'label': x, 'count': 3, 'share': 100}]) }}",
    "button_link": "{{ button_link(x, '/' ~ x) }}{{ button_link(x, 'javascript:x') }}",
    "france_map": "{{ france_map(drawing, x, x, [('full', x, x)], credit=x) }}",
    "button_group": "{% call button_group() %}{{ x }}{% endcall %}",
    "grip": "{{ grip(x) }}",
    "link": "{{ link(x, '/' ~ x, standalone=true) }}{{ link(x, 'javascript:x') }}{{ link(x, x) }}",
    "download": "{{ download(x, '/a', detail=x) }}{{ download(x, 'javascript:x') }}",
    "csv_link": "{{ csv_link('/' ~ x, label=x) }}",
    "sheet_links": "{{ sheet_links(request, formats=[x]) }}",
    "post_form": (
        "{% call post_form(csrf_input=x, action='/' ~ x, attrs={'id': x}) %}{{ x }}{% endcall %}"
    ),
    "filter_form": "{% call filter_form('/' ~ x, label=x) %}{{ x }}{% endcall %}",
    "folded_filters": "{{ folded_filters(form, '/' ~ x, request, title=x, label=x) }}",
    "form_errors": "{{ form_errors(form) }}",
    "field": "{% for bound in form %}{{ field(bound, hint=x) }}{% endfor %}",
    "fields": "{{ fields(form) }}",
    "search_bar": (
        "{{ search_bar('/' ~ x, value=x, label=x, placeholder=x, hidden=[(x, x)], heading=x) }}"
    ),
    "confirmation": (
        "{% call confirmation(x, x, '/' ~ x, csrf_input=x, warning=x, cancel_label=x) %}"
        "{{ x }}"
        "{% endcall %}"
    ),
    "alert": "{{ alert(x, title=x, kind=x) }}{% call alert() %}{{ x }}{% endcall %}",
    "refusal": "{{ refusal([x, x], title=x) }}{{ refusal([x]) }}",
    "to_read": "{{ to_read([x, x]) }}{{ to_read([]) }}",
    "notice": "{{ notice(x, text=x, kind=x, label=x, href='/' ~ x) }}",
    "empty_state": "{{ empty_state(x, text=x, action=x, href='/' ~ x) }}",
    "progress": "{{ progress(x, 1, 2, id='p') }}",
    "callout": "{{ callout(x, title=x) }}",
    "highlight": "{{ highlight(x) }}",
    "quote": "{{ quote(x, author=x, source=x) }}",
    "card": (
        "{{ card(x, href='/' ~ x, text=x, start=x, end=x, tags=[x], marks=[x]) }}"
        "{{ card(x, href='javascript:x') }}"
    ),
    "tile": "{{ tile(x, '/' ~ x, text=x, detail=x) }}{{ tile(x, 'javascript:x') }}",
    "tag": "{{ tag(x) }}",
    "tag_link": "{{ tag_link(x, '/' ~ x, dismiss=true) }}{{ tag_link(x, 'javascript:x') }}",
    "tag_list": "{{ tag_list([(x, '/' ~ x)]) }}",
    "badge": "{{ badge(x, kind=x) }}",
    "facts": "{{ facts([(x, x)], title=x) }}",
    "fact": "<dl>{% call fact(x) %}{{ x }}{% endcall %}</dl>",
    "figure": "{{ figure(x, x, href='/' ~ x, definition=x) }}",
    "figures": "{% call figures() %}{{ x }}{% endcall %}",
    "time_tag": "{{ time_tag(now) }} {{ x }}",
    "accordion": "{% call accordion(x, group=x, id='a') %}{{ x }}{% endcall %}",
    "stepper": "{{ stepper(1, [x, x]) }}",
    "timeline": "{% call timeline() %}{{ x }}{% endcall %}",
    "timeline_item": "<ol>{{ timeline_item(x, date=x, state=x, text=x) }}</ol>",
    "funnel": (
        "{{ funnel([{'number': 2, 'label': x, 'href': '/' ~ x},"
        " {'number': 0, 'label': x, 'href': ''}]) }}"
    ),
    "difference": "{{ difference([{'kind': 'added', 'text': x}, {'kind': x, 'text': x}]) }}",
    "breadcrumb": "{{ breadcrumb([(x, '/' ~ x), (x, 'javascript:x'), (x, none)], label=x) }}",
    "table": (
        "{{ table(x, [x], rows=[[x]], csv='/' ~ x) }}"
        "{% call(row) table(x, [x], rows=[x]) %}<td>{{ row }}</td>{% endcall %}"
    ),
    "pagination": "{{ pagination(2, 9, address, label=x) }}",
    "saved_views": (
        "{% set one = {'name': x, 'href': '/' ~ x, 'is_open': true, 'is_opening': true} %}"
        "{{ saved_views({'views': [one],"
        " 'whole': '/' ~ x, 'is_whole': true, 'keep': '/' ~ x, 'change': '/' ~ x, 'lost': [x]}) }}"
    ),
    "sheet": "{% call sheet('s', label=x, title=x, done=x) %}{{ x }}{% endcall %}",
}


def test_every_component_is_met_with_hostile_text() -> None:
    assert list(specimens.component_names()) == sorted(SOURCES)


@pytest.mark.parametrize("name", SOURCES)
def test_component_escapes_hostile_text_wherever_it_is_given(rendered, name) -> None:
    html = rendered(
        SOURCES[name],
        x=HOSTILE,
        now=NOW,
        request=RequestFactory().get("/", {"q": HOSTILE}),
        form=Hostile({"name": HOSTILE, "one": "no"}),
        address=lambda page: f"/{HOSTILE}?page={page}",
        drawing=drawn([Area("09", HOSTILE, ("59",), "full", HOSTILE), Area("x", HOSTILE, ())]),
    )

    assert "script" in html  # the text is there…
    assert "<script" not in html  # … as text
    assert "<b onmouseover" not in html
    check_part(html)


def all_specimens() -> list[specimens.Specimen]:
    return [one for code in specimens.SHELVES for one in specimens.shelf(code).specimens]


def test_every_component_is_on_the_living_page() -> None:
    shown = [name for specimen in all_specimens() for name in specimen.names]

    assert sorted(shown) == list(specimens.component_names())


def test_every_specimen_uses_what_it_names() -> None:
    for specimen in all_specimens():
        assert [name for name in specimen.names if f"{name}(" not in specimen.source] == []


def test_living_page_shows_every_source(visitor) -> None:
    page = visitor.get("/composants/").content.decode()

    assert page.count('class="kit-specimen"') == len(all_specimens())


def test_living_page_exists_in_the_demonstration_only(visitor, settings) -> None:
    settings.DEMONSTRATION = False

    assert visitor.get("/composants/").status_code == 404


class Small(forms.Form):
    title = forms.CharField(label="Titre", help_text="Une phrase.")
    kind = forms.ChoiceField(label="Sorte", choices=[("a", "A"), ("b", "B")])
    where = forms.ChoiceField(
        label="Lieu", choices=[("a", "ici"), ("b", "là")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Jour", widget=DayInput)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def test_field_keeps_what_was_typed_and_ties_its_error(rendered) -> None:
    form = Small({"title": "", "kind": "b", "where": "b", "note": "déjà <écrit>", "day": "demain"})

    html = rendered("{{ form_errors(form) }}{{ fields(form) }}", form=form)

    assert 'aria-describedby="id_title-aide id_title-erreurs"' in html
    assert re.search(r'id="id_title-erreurs"[^>]*>\s*<p [^>]*>Ce champ est obligatoire\.', html)
    assert '<option value="b" selected>' in html
    assert re.search(r'value="b"[^>]*checked', html)
    assert "déjà &lt;écrit&gt;</textarea>" in html
    assert 'value="demain"' in html


def test_form_errors_lead_to_their_fields(rendered) -> None:
    html = rendered("{{ form_errors(form) }}{{ fields(form) }}", form=Small({"kind": "a"}))

    targets = re.findall(r'<li><a href="#([^"]+)">', html)
    assert targets == ["id_title", "id_where-legende", "id_day"]
    assert all(f'id="{target}"' in html for target in targets)
    assert "3 points à corriger" in html


def test_form_errors_say_nothing_while_there_is_none(rendered) -> None:
    assert rendered("{{ form_errors(form) }}", form=Small()) == ""


def test_fields_name_a_radio_group_and_mark_what_is_optional(rendered) -> None:
    html = rendered("{{ fields(form) }}", form=Small())

    assert '<legend class="fr-fieldset__legend" id="id_where-legende"' in html
    assert html.count("(facultatif)") == 1
    assert 'type="hidden" name="hidden"' in html


def test_field_that_a_later_step_asks_for_is_not_said_optional(rendered) -> None:
    class Later(Small):
        wanted = frozenset({"note"})

    for class_, count in ((Small, 1), (Later, 0)):
        assert rendered("{{ fields(form) }}", form=class_()).count("(facultatif)") == count


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (forms.CharField(), "input"),
        (forms.EmailField(), "input"),
        (forms.DateField(widget=DayInput), "input"),
        (forms.CharField(widget=forms.PasswordInput), "password"),
        (forms.CharField(widget=forms.Textarea), "textarea"),
        (forms.ChoiceField(), "select"),
        (forms.MultipleChoiceField(), "select"),
        (forms.ChoiceField(widget=forms.RadioSelect), "radios"),
        (forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple), "checkboxes"),
        (forms.BooleanField(), "checkbox"),
        (forms.FileField(), "file"),
        (forms.CharField(widget=forms.HiddenInput), "hidden"),
    ],
)
def test_widget_kind_knows_every_widget(field, kind) -> None:
    form = type("Any", (forms.Form,), {"f": field})()

    assert widget_kind(form["f"]) == kind


@pytest.mark.parametrize(
    ("widget", "value", "shown"),
    [
        (DayInput(), date(2026, 4, 3), 'type="date" name="f" value="2026-04-03"'),
        (
            InstantInput(),
            datetime(2026, 4, 3, 18, 5),
            'type="datetime-local" name="f" value="2026-04-03T18:05"',
        ),
    ],
)
def test_inputs_of_days_speak_iso_to_the_browser(widget, value, shown) -> None:
    assert shown in widget.render("f", value)


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (1, 9, [1, 2, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_page_numbers_show_the_ends_and_the_neighbours(current, last, numbers) -> None:
    assert page_numbers(current, last) == numbers


@given(st.integers(1, 500), st.integers(1, 500))
def test_page_numbers_are_few_in_order_and_no_gap_hides_one_page(one, other) -> None:
    current, last = min(one, other), max(one, other)

    numbers = page_numbers(current, last)

    pages = [page for page in numbers if page is not None]
    assert len(numbers) <= 7
    assert pages == sorted(set(pages))
    assert {1, current, last} <= set(pages)
    for before, gap, after in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if gap is None:
            assert after - before > 2


def test_pagination_says_nothing_for_one_page(rendered) -> None:
    assert rendered("{{ pagination(1, 1, address) }}", address=str) == ""


def test_pagination_marks_the_page_and_links_no_further_than_the_ends(rendered) -> None:
    html = rendered("{{ pagination(1, 3, address) }}", address=lambda page: f"?page={page}")

    assert re.findall(r'aria-current="page"[^>]*>(\d+)', html) == ["1"]
    assert 'href="?page=0"' not in html
    assert html.count('aria-disabled="true"') == 2


def test_table_keeps_a_component_in_a_cell_and_aligns_numbers(rendered) -> None:
    html = rendered(
        '{{ table("T", ["a", "b"], rows=[[badge("clos"), 12345]], numeric=[1], row_headers=true) }}'
    )

    assert re.search(r'<th scope="row"><span class="[^"]*">clos</span></th>', html)
    assert '<td class="kit-number">12\u202f345</td>' in html


def test_time_tag_gives_the_exact_instant_to_programs(rendered) -> None:
    html = rendered('{{ time_tag(then, "relative", now) }}', then=NOW.replace(day=31), now=NOW)

    assert 'datetime="2026-03-31T16:00:00+00:00"' in html
    assert html.endswith("dans 1\u00a0jour</time>")


def test_facts_leave_out_what_is_empty(rendered) -> None:
    html = rendered('{{ facts([("Durée", ""), ("Pour qui", "cycle 4")]) }}')

    assert "Durée" not in html
    assert "<dt>Pour qui</dt><dd>cycle 4</dd>" in html


def test_an_unknown_variable_fails_instead_of_printing_nothing(rendered) -> None:
    with pytest.raises(Exception, match="missing"):
        rendered("{{ missing }}")


def test_specimens_are_whole_pieces_of_page(site) -> None:
    request = RequestFactory(SERVER_NAME="localhost").get("/composants/")

    for specimen in all_specimens():
        check_part(specimens.rendered(specimen, request))
