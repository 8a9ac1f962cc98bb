"""Lists on a phone: rows that are read alone, filters that are folded and taken off one by one."""

from django import forms
from django.template import engines
from django.test import RequestFactory
from lxml import html as lxml_html

from tests.house.pages import check_part
from traam.kit.forms import active_filters
from traam.kit.tables import labelled

HOSTILE = "<b onclick=x>\"'"


class Narrow(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label="Mots", required=False)
    theme = forms.ChoiceField(choices=[("", "tous"), ("s", "SVT")], label="Thème", required=False)
    kinds = forms.MultipleChoiceField(
        choices=[("a", "avis"), ("b", "bilan")], label="Sortes", required=False
    )
    late = forms.BooleanField(label="En retard", required=False)
    tri = forms.ChoiceField(choices=[("nom", "nom")], label="Trier par", required=False)


def rendered(source: str, **context: object) -> lxml_html.HtmlElement:
    names = "{% from 'kit/components.html' import folded_filters, table %}"
    page = engines["jinja2"].from_string(names + source).render(context)
    check_part(page)
    return lxml_html.fromstring(f"<div>{page}</div>")


def test_cells_bear_the_heading_of_their_column() -> None:
    found = labelled('<th scope="row">A</th><td class="x">1</td><td>2</td>', ["Nom", HOSTILE])

    assert found == (
        '<th data-label="Nom" scope="row">A</th>'
        '<td data-label="&lt;b onclick=x&gt;&#34;&#39;" class="x">1</td>'
        "<td>2</td>"
    )


def test_cell_over_several_columns_bears_none_and_the_next_bears_its_own() -> None:
    found = labelled('<td colspan="2">A</td><td>B</td>', ["un", "deux", "trois"])

    assert found == '<td colspan="2">A</td><td data-label="trois">B</td>'


def test_stacked_table_says_its_headings_and_a_plain_one_does_not() -> None:
    call = "{%% call(row) table('T', ['Nom', 'Note'], [1]%s) %%}<td>a</td><td>b</td>{%% endcall %%}"

    stacked, plain = rendered(call % ", stacked=true"), rendered(call % "")

    assert stacked.xpath("//td/@data-label") == ["Nom", "Note"]
    assert plain.xpath("//@data-label | //@role[. != 'region']") == []


def test_stacked_table_escapes_the_values_it_writes_itself() -> None:
    page = rendered("{{ table('T', [x], [[x]], stacked=true) }}", x=HOSTILE)

    assert page.xpath("string(//td)") == HOSTILE
    assert page.xpath("string(//td/@data-label)") == HOSTILE


def test_active_filters_are_those_that_narrow_in_the_words_of_the_page() -> None:
    form = Narrow({"q": "eau", "theme": "s", "kinds": ["a", "b"], "late": "on", "tri": "nom"})

    assert [(one.name, one.label, one.text) for one in active_filters(form)] == [
        ("q", "Mots", "eau"),
        ("theme", "Thème", "SVT"),
        ("kinds", "Sortes", "avis, bilan"),
        ("late", "En retard", "oui"),
    ]


def test_filter_that_makes_no_sense_or_is_blank_is_not_active() -> None:
    assert list(active_filters(Narrow({"q": " ", "theme": "zz", "kinds": ["z"]}))) == []
    assert list(active_filters(Narrow())) == []


def test_folded_filters_count_what_narrows_and_take_each_off_with_the_page() -> None:
    request = RequestFactory().get("/liste/", {"q": "eau", "theme": "s", "tri": "nom", "page": "3"})

    page = rendered(
        "{{ folded_filters(form, '/liste/', request) }}", form=Narrow(request.GET), request=request
    )

    assert page.xpath("//details/@open") == []
    assert "2 filtres actifs" in page.xpath("string(//summary)")
    assert page.xpath("//ul//a/@href") == [
        "/liste/?theme=s&tri=nom",
        "/liste/?q=eau&tri=nom",
        "/liste/",
    ]


def test_list_that_nothing_narrows_shows_its_folded_filters_alone() -> None:
    request = RequestFactory().get("/liste/")

    page = rendered(
        "{{ folded_filters(form, '/liste/', request) }}", form=Narrow(request.GET), request=request
    )

    assert page.xpath("//ul") == []
    assert "actif" not in page.xpath("string(//summary)")
