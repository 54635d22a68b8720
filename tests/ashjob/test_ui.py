"""What the tag library `ui`, the components and the form renderer draw."""

import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from django.utils.safestring import mark_safe

from ashjob.templatetags import ui

N = "\u202f"
B = "\u00a0"


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "aujourd’hui"),
        (-1, "hier"),
        (-3, f"il y a 3{B}jours"),
        (-7, f"il y a 7{B}jours"),
        (1, "demain"),
        (4, f"dans 4{B}jours"),
    ],
)
def test_relative_day_speaks_up_to_a_week(days, words):
    assert ui.relative_day(in_days(days)) == words


def test_relative_day_gives_an_older_day_in_full():
    assert ui.relative_day(datetime.date(2020, 3, 1)) == "1er mars 2020"
    assert ui.relative_day(datetime.date(2020, 3, 11)) == "11 mars 2020"


def test_relative_day_counts_days_of_paris():
    """Half past eleven at night in UTC is already the next day in Paris."""
    moment = datetime.datetime(2020, 7, 1, 22, 30, tzinfo=datetime.UTC)
    assert ui.long_date(moment) == "2 juillet 2020"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "finit aujourd’hui"),
        (1, "finit demain"),
        (6, f"finit dans 6{B}jours"),
        (14, f"finit dans 14{B}jours"),
    ],
)
def test_ends_in_counts_the_last_two_weeks(days, words):
    assert ui.ends_in(in_days(days)) == words


def test_ends_in_far_off_and_past():
    assert ui.ends_in(in_days(40)).startswith("jusqu’au ")
    assert ui.ends_in(datetime.date(2020, 3, 11)) == "terminée depuis le 11 mars 2020"


@pytest.mark.parametrize(
    "filter_", [ui.relative_day, ui.ends_in, ui.long_date, ui.euros, ui.number, ui.percent]
)
@pytest.mark.parametrize("nothing", [None, "", "x"])
def test_filters_say_nothing_about_nothing(filter_, nothing):
    assert filter_(nothing) == ""


def test_euros():
    assert ui.euros(Decimal("1250")) == f"1{N}250,00{N}€"
    assert ui.euros(Decimal("1234567.895")) == f"1{N}234{N}567,90{N}€"
    assert ui.euros(Decimal("1250"), 0) == f"1{N}250{N}€"
    assert ui.euros(Decimal("-390")) == f"−390,00{N}€"
    assert ui.euros(0) == f"0,00{N}€"


def test_percent():
    assert ui.percent(Decimal("20.00")) == f"20{N}%"
    assert ui.percent(Decimal("5.50")) == f"5,5{N}%"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((2150, 2900), f"2{N}150{B}–{B}2{N}900{N}€ brut/mois"),
        ((2150, 2150), f"2{N}150{N}€ brut/mois"),
        ((2150, None), f"à partir de 2{N}150{N}€ brut/mois"),
        ((None, 2900), f"jusqu’à 2{N}900{N}€ brut/mois"),
        ((Decimal("12.50"), Decimal("14"), "heure"), f"12,50{B}–{B}14{N}€ brut/heure"),
        ((26000, 30000, "an"), f"26{N}000{B}–{B}30{N}000{N}€ brut/an"),
        ((None, None), ""),
    ],
)
def test_pay_range(args, words):
    assert ui.pay_range(*args) == words


def test_french_plural_begins_at_two():
    assert [ui.plural(n) for n in (0, 1, 1.5, 2)] == ["", "", "", "s"]
    assert ui.plural(3, "al,aux") == "aux"
    assert ui.plural([1, 2]) == "s"
    assert ui.counted(0, "annonce") == f"0{B}annonce"
    assert ui.counted(1284, "annonce") == f"1{N}284{B}annonces"
    assert ui.counted(2, "cheval,chevaux") == f"2{B}chevaux"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Association Les Ormeaux", "LO"),
        ("CCAS de Vaulx", "CV"),
        ("Fondation Rivière", "FR"),
        ("EHPAD", "EH"),
        ("Élan d’avenir", "ÉA"),
        ("", ""),
        (None, ""),
    ],
)
def test_initials(name, letters):
    assert ui.initials(name) == letters


def test_typo_sets_french_spaces():
    assert ui.typo("Vraiment ? Oui : l'équipe « recrute » !") == (
        f"Vraiment{N}? Oui{B}: l’équipe «{B}recrute{B}»{N}!"
    )


def test_typo_escapes_what_a_person_typed():
    assert ui.typo("<b>gras</b> !") == f"&lt;b&gt;gras&lt;/b&gt;{N}!"


def test_typo_leaves_tags_of_safe_html_alone():
    html = mark_safe("<a href=\"/a?b=l'un\">l'un !</a> &amp; ;")
    assert ui.typo(html) == f'<a href="/a?b=l\'un">l’un{N}!</a> &amp;{N};'


class ExampleForm(forms.Form):
    title = forms.CharField(label="Intitulé", help_text="Sans abréviation")
    note = forms.CharField(label="Remarque", required=False)
    kind = forms.ChoiceField(label="Contrat", widget=forms.RadioSelect, choices=[("a", "CDI"), ("b", "CDD")])
    agree = forms.BooleanField(label="J’accepte")
    token = forms.CharField(widget=forms.HiddenInput, initial="x", required=False)


def test_form_marks_required_fields_and_ties_help_to_them():
    html = str(ExampleForm())
    assert html.count('class="star"') == 4  # the note, and three required fields
    assert 'aria-describedby="id_title_helptext"' in html
    assert 'id="id_title_helptext"' in html
    assert html.count('name="token"') == 1
    assert "error-summary" not in html


def test_form_with_errors_lists_links_to_the_fields_that_are_wrong():
    html = str(ExampleForm({}))
    assert 'role="alert"' in html
    for target in ("#id_title", "#id_kind", "#id_agree"):
        assert f'href="{target}"' in html
        assert f'id="{target[1:]}"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert html.count('aria-invalid="true"') >= 2
    assert "#id_note" not in html


def test_form_without_required_field_has_no_note_on_the_star():
    class Loose(forms.Form):
        word = forms.CharField(required=False)

    assert "required-note" not in str(Loose())


def test_pagination_keeps_the_other_parameters():
    page = Paginator(range(480), 20).page(4)
    request = RequestFactory().get("/annonces/", {"q": "éduc", "contrat": ["cdi", "cdd"], "page": "4"})
    html = render_to_string("components/pagination.html", {"page": page}, request=request)
    assert 'href="?q=%C3%A9duc&amp;contrat=cdi&amp;contrat=cdd&amp;page=5"' in html
    assert 'rel="prev"' in html
    assert 'aria-current="page"' in html
    assert "Page 4 sur 24" in html


def test_pagination_of_a_single_page_is_nothing():
    html = render_to_string("components/pagination.html", {"page": Paginator(range(3), 20).page(1)})
    assert "<nav" not in html


def test_ad_card_always_gives_facts_in_the_same_order_and_escapes_them():
    ad = {
        "url": "/a/",
        "title": "Éducateur <script>",
        "employer_name": "CCAS de Vaulx",
        "place": "Bron (69)",
        "distance_km": 4,
        "contract": "CDI",
        "working_time": "Temps plein",
        "agreement": "CCN 66",
        "pay": "2 150 €",
        "sponsored": True,
        "published": in_days(-1),
    }
    html = render_to_string("components/ad_card.html", {"ad": ad})
    order = [html.index(word) for word in ("CDI", "Temps plein", "CCN 66", "2 150 €", "Sponsorisé", "hier")]
    assert order == sorted(order)
    assert "<script>" not in html
    assert ">CV<" in html


def test_icon_is_decoration_unless_named():
    template = Template('{% load ui %}{% icon "eye" %}|{% icon "eye" "Voir" %}')
    plain, named = template.render(Context()).split("|")
    assert 'aria-hidden="true"' in plain
    assert 'aria-label="Voir"' in named


@pytest.mark.parametrize("name", ["400", "404", "403", "403_csrf", "410", "429", "500"])
def test_refusals_are_drawn_without_a_request(name):
    html = render_to_string(f"{name}.html")
    assert '<html lang="fr">' in html
    assert "<h1>" in html


@pytest.mark.parametrize("kind", ["anonymous", "candidate", "recruiter", "office"])
@pytest.mark.parametrize("template", ["base.html", "base_space.html", "base_candidate.html"])
def test_every_link_of_the_frame_leads_somewhere(kind, template):
    """The frame looks its addresses up with `as`, which is silent about a name that does not exist."""
    employer = SimpleNamespace(pk=1, name="Les Ormeaux")
    nav = {
        "user_kind": kind,
        "employer": employer,
        "employers": [employer, SimpleNamespace(pk=2, name="Le Val")],
        "cart_count": 2,
        "may_buy": True,
        "current": "",
        "contact_email": "contact@ashjob.example",
        "contact_phones": ["01 23 45 67 89"],
    }
    context = {"nav": nav, "messages": [], "unread_applications": 0}
    html = render_to_string(template, context, request=None)
    assert 'href=""' not in html
    assert 'action=""' not in html
    assert 'href="tel:0123456789"' in html
    assert "Contact</a>" in html
    assert (">Changer d’employeur</p>" in html) == (kind == "recruiter")
    assert ("Créer mon espace recruteur" in html) == (kind == "anonymous")


class _Words(forms.Form):
    message = forms.CharField()
    vat = forms.CharField(label="SIRET")
    civility = forms.ChoiceField(label="Votre civilité", choices=[("m", "Monsieur")])
    how = forms.CharField(label="Comment continuer ?")
    terms = forms.BooleanField(label="J’accepte")
    name = forms.CharField(error_messages={"required": "Dites-nous votre nom."})


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("message", "Indiquez votre message."),
        ("vat", "Indiquez votre SIRET."),
        ("civility", "Choisissez votre civilité."),
        ("how", "Remplissez ce champ."),
        ("terms", "Cochez cette case pour continuer."),
        ("name", "Dites-nous votre nom."),
    ],
)
def test_a_field_left_empty_says_what_to_do(field, sentence):
    form = _Words({})
    assert not form.is_valid()
    assert ui.sentences(form[field]) == [sentence]
    assert sentence in str(form)


@pytest.mark.parametrize(("octets", "said"), [(10, "1 Ko"), (11_700, "12 Ko"), (1_440_000, "1,4 Mo")])
def test_the_weight_of_a_file(octets, said):
    assert ui.file_size(octets) == said.replace(" ", ui.NO_BREAK)
