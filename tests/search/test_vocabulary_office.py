"""The vocabulary in the hands of the office: what is refused, what is in force when, who may, and the tester."""

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from reference.loading import load_reference
from reference.models import Profession
from search.language import understand
from search.models import SynonymRule, VocabularyVersion
from search.vocabulary import applied, checking, files, synonyms
from tests.factories import OfficeUserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_in_force_again():
    yield
    synonyms.use(None)
    applied._read = 0


@pytest.fixture
def loaded(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_vocabulary", verbosity=0)


@pytest.fixture
def desk(client, login, loaded):
    login(client, OfficeUserFactory(group="Rédaction print"))
    return client


def meanings(text: str) -> set[str]:
    return {" ".join(phrase) for unit in understand(text).units for phrase in unit.alternatives}


GOOD = [
    ("zarbi, bizarre", ""), ("éduc spé", "éducateur spécialisé"), ("es", "es, éducateur spécialisé"),
    ("as de nuit", "aide soignant"),
    ("chef de service", ""), ("115, samu social", ""), ("l’accueil, standard", ""),
    ("crèche,halte garderie", "multi accueil, eaje"), ("RH, ressources humaines", ""),
    ("N'importe quoi, tout et rien faire", ""), ("a" * 80 + ", b2", ""),
]  # fmt: skip
BAD = [
    ("", "", "Indiquez au moins un mot"),
    ("   ", "x", "Indiquez au moins un mot"),
    ("bizarre", "", "Un mot seul"),
    ("éducateur, éducatrice, ÉDUCATEURS", "", "n’en font qu’un"),
    ("zarbi => bizarre", "", "« =&gt; »"),
    ("zarbi -> bizarre", "", "« -&gt; »"),
    ("zarbi \\, bizarre", "", "« \\ »"),
    ("# zarbi, bizarre", "", "« # »"),
    ("zarbi,, bizarre", "", "virgule de trop"),
    (",zarbi, bizarre", "", "virgule de trop"),
    ("zarbi, bizarre,", "", "virgule de trop"),
    ("zarbi", "bizarre, ", "virgule de trop"),
    ("de la, bizarre", "", "ne serait jamais trouvé"),
    ("le", "bizarre", "ne serait jamais trouvé"),
    ("de es, bizarre", "", "ne serait jamais trouvé"),
    ("bizarre", "d’une", "ne serait jamais trouvé"),
    ("!!!, bizarre", "", "ne contient aucun mot"),
    ("bizarre", "«»", "ne contient aucun mot"),
    ("b, bizarre", "", "trop court"),
    ("x" * 121 + ", bizarre", "", "trop long"),
    ("deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze, bizarre", "", "trop de mots"),
    (", ".join(f"mot{n}" for n in range(61)), "", "Au plus 60"),
    ("mot" * 700, "", "2000 signes"),
    ("zar\x07bi, bizarre", "", "caractère invisible"),
]


@pytest.mark.parametrize(("terms", "finds"), GOOD)
def test_a_rule_that_says_something_is_taken(terms, finds):
    assert checking.errors(terms, finds) == {}


@pytest.mark.parametrize(("terms", "finds", "said"), BAD)
def test_a_rule_that_an_engine_would_refuse_or_drop_is_refused_with_the_reason(terms, finds, said):
    sentences = " ".join(line for lines in checking.errors(terms, finds).values() for line in lines)
    assert said.replace("&gt;", ">") in sentences


def test_every_rule_that_is_shipped_can_be_used():
    wrong = {row: said for row in files.rows() if (said := checking.errors(*row))}
    assert wrong == {}


def test_the_same_rule_twice_is_refused_in_whatever_words(loaded):
    SynonymRule.objects.create(terms="zarbi, bizarres")
    with pytest.raises(ValidationError, match="existe déjà"):
        SynonymRule(terms="Bizarre, zarbi").full_clean()


def test_an_acronym_that_others_would_find_is_pointed_out():
    assert checking.widenings([("es", "es, éducateur spécialisé")]) == []
    assert "mot courant" in checking.widenings([("éducateur spécialisé", "es")])[0]


class TestInForce:
    def test_loading_changes_nothing_of_what_is_found_and_may_be_repeated(self, loaded):
        count = SynonymRule.objects.count()
        assert count == len(files.rows()) and synonyms.version() == VocabularyVersion.objects.get().pk
        assert synonyms.rules() == synonyms.shipped().rules
        call_command("load_vocabulary", verbosity=0)
        assert (SynonymRule.objects.count(), VocabularyVersion.objects.count()) == (count, 1)

    def test_a_rule_counts_from_its_application_on(self, loaded, django_capture_on_commit_callbacks):
        SynonymRule.objects.create(terms="zarbi, bizarre")
        assert len(applied.pending()) == 1 and "bizar" not in meanings("zarbi")
        with synonyms.trying(applied.on_trial()):
            assert "bizar" in meanings("zarbi")
        assert "bizar" not in meanings("zarbi")
        with django_capture_on_commit_callbacks(execute=True):
            applied.apply()
        assert "bizar" in meanings("zarbi") and not applied.pending()

    def test_another_process_learns_of_it(self, loaded, monkeypatch):
        synonyms.use(None)
        applied._read, applied._asked_at = 0, None
        cache.set(applied.KEY, VocabularyVersion.objects.get().pk)
        applied.keep_up()
        assert synonyms.version() == VocabularyVersion.objects.get().pk

    def test_a_process_asks_once_in_a_while(self, loaded, django_assert_num_queries, monkeypatch):
        monkeypatch.setattr(applied, "_asked_at", None)
        applied.keep_up()
        asked = []
        monkeypatch.setattr(applied.cache, "get", asked.append)
        with django_assert_num_queries(0):
            applied.keep_up()
        assert asked == []

    def test_what_the_office_switched_off_or_changed_stays_so(
        self, loaded, django_capture_on_commit_callbacks
    ):
        off, changed = SynonymRule.objects.order_by("pk")[:2]
        SynonymRule.objects.filter(pk=off.pk).update(is_active=False)
        SynonymRule.objects.filter(pk=changed.pk).update(terms="zarbi, bizarre")
        call_command("load_vocabulary", verbosity=0)
        off.refresh_from_db()
        assert not off.is_active and applied.pending()
        assert VocabularyVersion.objects.count() == 1  # what waits is the office's to apply

    def test_a_broken_rule_of_another_origin_stops_the_application(self, loaded):
        SynonymRule.objects.create(terms="le, la")
        with pytest.raises(ValidationError, match="ne serait jamais trouvé"):
            applied.apply()
        assert VocabularyVersion.objects.count() == 1

    def test_no_rule_at_all_is_refused(self):
        with pytest.raises(ValidationError, match="Aucune règle"):
            applied.apply()


class TestScreens:
    def test_a_rule_is_written_tried_and_applied(self, desk, django_capture_on_commit_callbacks):
        added = desk.post(reverse(screen("add")), {"terms": "zarbi, bizarre", "finds": "", "is_active": "on"})
        assert added.status_code == 302, added.context["form"].errors
        page = desk.get(reverse("search_office_tester"), {"q": "zarbi"}).text
        assert "1\u00a0règle en attente" in page and "pas encore appliquées" in page and "bizar" in page
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(reverse("search_office_apply"), follow=True)
        assert "sont en usage" in answer.text and "en attente" not in answer.text
        assert "bizar" in meanings("zarbi")
        rule = SynonymRule.objects.get(terms="zarbi, bizarre")
        desk.post(reverse(screen("edit"), args=[rule.pk]), {"terms": "zarbi, étrange", "finds": ""})
        assert rule.revisions.count() == 2
        assert desk.get(reverse(screen("history"), args=[rule.pk])).status_code == 200

    def test_a_refused_rule_keeps_what_was_typed(self, desk):
        answer = desk.post(reverse(screen("add")), {"terms": "zarbi => bizarre", "is_active": "on"})
        assert answer.status_code == 200 and "ne peut pas figurer" in answer.text
        assert "zarbi =&gt; bizarre" in answer.text

    @pytest.mark.parametrize("text", ["", "   ", "\x00", "<script>", '"', "-", "é" * 5000, "de la"])
    def test_nothing_that_is_typed_breaks_the_tester(self, desk, text):
        assert desk.get(reverse("search_office_tester"), {"q": text}).status_code == 200

    def test_a_term_is_reworded_and_loading_the_lists_leaves_it(self, desk):
        trade = Profession.objects.get(code="educateur-specialise")
        values = {
            "label": "Éducateur / Éducatrice spécialisé·e", "short_label": trade.short_label, "family": trade.family,
            "abbreviations": "ES", "rome_code": "", "rome_parent": "", "diploma": "", "level": "6", "position": "0",
            "code": "autre-code",
        }  # fmt: skip
        name = Profession.snippet_viewset.get_url_name("edit")
        answer = desk.post(reverse(name, args=[trade.pk]), values)
        assert answer.status_code == 302, answer.context["form"].errors
        load_reference(min_population=5_000_000)
        trade.refresh_from_db()
        assert (trade.label, trade.code) == (values["label"], "educateur-specialise")

    def test_the_list_asks_a_constant_number_of_queries(self, desk, django_assert_max_num_queries):
        with django_assert_max_num_queries(30):
            assert desk.get(reverse(screen("list"))).status_code == 200

    @pytest.mark.permissions
    def test_accounting_changes_no_word(self, client, login, loaded):
        login(client, OfficeUserFactory(group="Comptabilité"))
        assert client.get(reverse("search_office_tester")).status_code == 302
        assert client.post(reverse("search_office_apply")).status_code == 302
        client.post(reverse(screen("add")), {"terms": "zarbi, bizarre", "is_active": "on"})
        assert not SynonymRule.objects.filter(terms="zarbi, bizarre").exists()


def screen(action: str) -> str:
    """Name of a screen of the list of synonyms."""
    return SynonymRule.snippet_viewset.get_url_name(action)
