"""Help against unlawful ads: wordings that the Code du travail forbids in a job ad, as rules.

A rule is data: what it looks for, what it spares, the articles, and what to write instead. The sector's ads are full of
words about the people accompanied ("enfants de moins de six ans", "mères célibataires"): what a rule spares keeps
those out. A refused wording stops the publication; any other is a warning that the author may confirm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

#: The field of the screening questions: some rules look there alone.
QUESTIONS = "questions"


@dataclass(frozen=True)
class Rule:
    """One thing that an ad must not say. Patterns are read without accents and capitals, apostrophes as '."""

    code: str
    law: str
    advice: str
    patterns: tuple[str, ...]
    spares: tuple[str, ...] = ()
    refused: bool = False
    only_questions: bool = False

    @cached_property
    def _search(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.patterns))

    @cached_property
    def _spare(self) -> re.Pattern[str] | None:
        return re.compile("|".join(f"(?:{spare})" for spare in self.spares)) if self.spares else None

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        """Where the rule finds something in a plain text (see `plain`)."""
        if self._spare:
            text = self._spare.sub(lambda found: "." * len(found[0]), text)
        return (found.span() for found in self._search.finditer(text))


@dataclass(frozen=True)
class Finding:
    """A wording that a rule found, in one field of an ad."""

    rule: Rule
    field: str
    words: str

    @property
    def key(self) -> str:
        """What is kept of it once its author confirmed it: the same words ask no second time."""
        return f"{self.rule.code}:{flat(self.words)}"

    @property
    def sentence(self) -> str:
        return f"«\u00a0{self.words}\u00a0»\u00a0: {self.rule.advice} ({self.rule.law})"


# Who is accompanied, in the words of the sector: about them an ad may say what it must not ask of a candidate.
_PEOPLE = (
    r"(?:enfants?|jeunes?|adolescent\w*|mineur\w*|majeurs|personnes?|publics?|residente?s?|usagere?s?|meres?|peres?|"
    r"parents?|femmes?|hommes?|familles?|beneficiaires?|accueil\w*|heberg\w*|accompagn\w*|patient\w*|habitants?)"
)
_HOUSES = r"(?:foyers?|centres?|chrs|structures?|etablissements?|maisons?|residences?|services?)"
_NEAR = r"[^.;!?\n]{0,50}"
_YOUNG_CONTRACT = r"(?:apprenti\w*|alternance|professionnalisation|service civique|emploi d'avenir)"

#: English words of job ads that have a French equivalent.
ENGLISH = {
    "asap": "dès que possible",
    "background": "parcours",
    "brainstorming": "réflexion collective",
    "case manag(?:er|ement)": "coordonnateur de parcours",
    "care manag(?:er|ement)": "coordonnateur des soins",
    "challenges?": "défi",
    "deadlines?": "échéance",
    "feedbacks?": "retour",
    "full[ -]time": "temps plein",
    "hard skills": "compétences techniques",
    "home[ -]office": "télétravail",
    "housing first": "un chez-soi d’abord",
    "jobs?(?! coach| dating)": "emploi",
    "know[ -]how": "savoir-faire",
    "meetings?": "réunion",
    "mindset": "état d’esprit",
    "on[ -]?boarding": "accueil et intégration",
    "outreach": "aller-vers",
    "part[ -]time": "temps partiel",
    "remote": "télétravail",
    "reporting": "compte rendu",
    "soft skills": "savoir-être",
    "skills": "compétences",
    "staff": "équipe",
    "team[ -]building": "cohésion d’équipe",
    "team[ -]leader": "responsable d’équipe",
    "turn[ -]?over": "rotation du personnel",
    "workshops?": "atelier",
}

RULES: tuple[Rule, ...] = (
    Rule(
        "sexe",
        "C. trav. L1142-1",
        "une offre s’adresse aux femmes et aux hommes. Décrivez le poste, sans dire qui vous cherchez.",
        (
            r"\b(?:recherch|recrut|embauch|souhait|cherch)\w* (?:un |une |des )?(?:jeunes? )?"
            r"(?:homme|femme|monsieur|dame|fille|garcon)s?\b(?! ?(?:et|ou|/) ?(?:une? |des )?(?:homme|femme))",
            r"\b(?:poste|emploi|offre|mission)s? (?:est )?(?:reserve|ouvert|destine)e?s? (?:\w+ment )?"
            r"(?:aux?|a des|a une?) (?:homme|femme)s?\b(?! ?(?:et|ou|/|comme))",
            r"\b(?:homme|femme)s? (?:uniquement|exclusivement|seulement|imperativement)\b",
            r"\bde sexe (?:feminin|masculin)\b",
        ),
        (
            rf"(?:{_PEOPLE}|{_HOUSES}){_NEAR}\b(?:hommes?|femmes?) \w+ment\b",
            rf"{_PEOPLE}{_NEAR}de sexe \w+",
        ),
        refused=True,
    ),
    Rule(
        "age-limite",
        "C. trav. L5331-2",
        "une offre n’a pas d’âge maximum. Demandez l’expérience ou le diplôme utiles au poste.",
        (
            r"\bage (?:maxim\w+|limite)|\blimite d'age\b",
            rf"\b(?:candidat\w*|profils?|postulant\w*)\b{_NEAR}"
            r"(?:moins de|entre|de) \d\d (?:(?:a|et) \d\d )?ans\b(?! d')",
            r"\bvous avez (?:moins de|entre|de) \d\d (?:(?:a|et) \d\d )?ans\b(?! d')",
            r"\b(?:1[89]|[2-6]\d) ans (?:au )?(?:maximum|max|plus)\b",
        ),
        (
            rf"{_PEOPLE}{_NEAR}(?:age (?:maxim\w+|limite)|\d\d ans (?:au )?(?:maximum|max|plus))\b",
            rf"(?:age (?:maxim\w+|limite)|limite d'age) (?:d'(?:accueil|admission)|des? {_PEOPLE})",
            rf"{_YOUNG_CONTRACT}[^.]{{0,80}}\d\d ans[^.]{{0,20}}",
            rf"[^.]{{0,40}}\d\d ans[^.]{{0,80}}{_YOUNG_CONTRACT}",
        ),
        refused=True,
    ),
    Rule(
        "paiement",
        "C. trav. L5321-3",
        "un candidat ne paie rien pour être recruté. Retirez cette demande.",
        (
            rf"\b(?:frais|participation|cotisation|caution|depot de garantie)\b{_NEAR}"
            r"(?:a la charge|verse\w*|demande\w*|paye\w*) (?:du|par le|au|par les|aux) candidat\w*",
        ),
        refused=True,
    ),
    Rule(
        "age",
        "C. trav. L1132-1",
        "l’âge n’est pas un critère. Écrivez par exemple « débutant accepté ».",
        (
            r"\bjeunes? (?:et )?"
            r"(?:dynamique|motive|diplome|professionnel|collaborateur|candidat|retraite|recrue|equipe)\w*",
            r"\b(?:equipe|profil|candidat\w*|collaborateur\w*) (?:tres |plutot )?jeunes?\b",
        ),
        (rf"{_PEOPLE}{_NEAR}jeunes diplomes",),
    ),
    Rule(
        "famille",
        "C. trav. L1142-1 et L1132-1",
        "la situation de famille d’un candidat ne vous regarde pas. Dites plutôt les horaires ou les déplacements.",
        (
            r"\bcelibataires?\b",
            r"\bsans enfants?\b",
            r"\bsans (?:charges?|attaches?|contraintes?) (?:de famille|familiales?)\b",
            r"\b(?:mere|pere)s? de famille\b",
            r"\b(?:votre )?situation (?:de famille|familiale|matrimoniale|maritale)\b",
            r"\b(?:vous etes|candidate? )mariee?\b",
        ),
        (
            rf"{_PEOPLE}{_NEAR}(?:celibataires?|sans enfants?|sans attaches? familiales?|situation familiale)",
            rf"\b(?:evalu|etud|analys|souti|connaiss|sui[vt]|diagnosti|tenir compte)\w*{_NEAR}"
            r"situation \w+(?: famille)?",
            r"situation (?:de famille|familiale) (?:des|du|de la|de l'|de chaque)",
            r"(?:mere|pere)s? de famille (?:\w+ )?(?:accueilli|heberge|accompagne|isole|victime)\w*",
        ),
    ),
    Rule(
        "grossesse",
        "C. trav. L1132-1 et L1225-1",
        "ni la grossesse ni un projet d’enfant ne se demandent. Retirez cette mention.",
        (
            r"\b(?:pas|non|ni|ne soit) (?:etre )?enceintes?\b|\betes[- ]vous enceinte",
            r"\b(?:pas de|sans|ni|votre) (?:projet de )?(?:grossesse|maternite)\b",
            r"\b(?:projet|desir) (?:de grossesse|de maternite|d'enfant)\b",
        ),
        (rf"\b(?:accompagn|souti|sui[vt]|ecout)\w*{_NEAR}(?:projet|desir) (?:de |d')\w+",),
    ),
    Rule(
        "sante",
        "C. trav. L1132-1",
        "la santé et le handicap ne sont pas des critères ; l’aptitude est l’affaire du médecin du travail.",
        (
            r"\b(?:bonne|excellente|parfaite) (?:sante|condition physique|forme physique)\b",
            r"\bsans (?:handicap|problemes? de sante|restrictions? medicales?)\b",
            r"\bphysiquement (?:valide|intact)e?s?\b",
        ),
        (
            rf"\b(?:avec (?:ou|et)|{_PEOPLE}) sans handicap",
            r"bonne (?:sante|condition physique) (?:des|du|de la|de l'|financiere|morale)",
            rf"{_PEOPLE}{_NEAR}bonne (?:sante|condition physique)",
        ),
    ),
    Rule(
        "sante-question",
        "C. trav. L1132-1 et L1221-6",
        "ne demandez ni santé ni handicap : ce sont des données sensibles. Proposez vous-même les aménagements.",
        (
            r"\brqth\b|\btravailleu\w+ handicape\w*|\bvotre (?:etat de sante|handicap|maladie)\b",
            r"\b(?:avez|etes)[- ]vous[^.?]{0,25}(?:problemes? de sante|handicap\b|handicapee?\b|malade|maladie)",
        ),
        only_questions=True,
    ),
    Rule(
        "moeurs",
        "C. trav. L1132-1",
        "la vie privée n’est pas un critère. Retirez cette mention.",
        (r"\bnon[ -]fumeu\w+", r"\bne fum\w+ pas\b"),
    ),
    Rule(
        "apparence",
        "C. trav. L1132-1",
        "l’apparence physique n’est pas un critère. Dites plutôt la tenue que le poste demande.",
        (
            r"\bbonne presentation\b|\bpresentation (?:soignee|exigee|irreprochable|impeccable)\b",
            r"\bphysique agreable\b|\bpresentable\b",
        ),
        (r"presentation (?:soignee|irreprochable|impeccable) (?:des|du|de la|de l'|de vos)",),
    ),
    Rule(
        "origine",
        "C. trav. L1132-1",
        "l’origine n’est pas un critère ; seuls quelques emplois publics demandent la nationalité française. "
        "Pour une langue, écrivez « français courant ».",
        (
            r"\bnationalite francaise\b|\b(?:francaise?|europeen(?:ne)?) d'origine\b|\bde souche\b",
            r"\btype (?:europeen|caucasien)\b|\blangue maternelle\b|\bfrancais natif\b|\bsans accent\b",
        ),
        (
            r"\b(?:n'est pas|n'ont pas|autre que|dont)[^.]{0,30}langue maternelle",
            rf"\b(?:demande|acquisition|acces|obten)\w*{_NEAR}nationalite francaise",
        ),
    ),
    Rule(
        "opinions",
        "C. trav. L1132-1",
        "religion, opinions et engagement syndical ne sont pas des critères. Retirez cette mention.",
        (
            r"\b(?:confession|foi|religion) (?:catholique|musulmane|juive|protestante|chretienne)\b",
            r"\b(?:catholique|musulman|juif|chretien)\w* (?:pratiquant|engage|convaincu)\w*",
            r"\bnon syndiqu\w+|\b(?:adhesion|appartenance) (?:syndicale|politique)\b",
            r"\bvos convictions? (?:religieuse|politique)s?\b",
        ),
        (
            rf"\b(?:association|congregation|etablissement|fondation|oeuvre|{_PEOPLE}){_NEAR}(?:confession|foi) \w+",
        ),
    ),
    Rule(
        "residence",
        "C. trav. L1132-1",
        "le lieu où habite un candidat n’est pas un critère. Dites plutôt l’heure de prise de poste ou l’astreinte.",
        (
            r"\b(?:habit|resid|domicili|demeur)\w+ (?:a|dans|sur|en) (?:proximite|moins de|la commune|la ville|"
            r"le (?:secteur|quartier|departement|canton))",
        ),
        (rf"{_PEOPLE}{_NEAR}(?:habit|resid|domicili|demeur)\w+", r"logement de fonction[^.]{0,80}"),
    ),
    Rule(
        "vie-privee",
        "C. trav. L1221-6",
        "ne demandez que ce qui sert à juger l’aptitude au poste. L’attestation d’honorabilité (CASF L133-6) "
        "se demande à l’embauche, pas à la candidature.",
        (
            r"\b(?:cv|curriculum\w*|lettre|candidature)\b[^.]{0,25}\bphoto\b",
            r"\bphoto (?:d'identite|recente|obligatoire)\b",
            r"\b(?:joindre|fournir|envoyer|transmettre|joignez|envoyez|fournissez|transmettez)\b[^.]{0,60}"
            r"(?:casier judiciaire|numero de securite sociale|carte vitale|livret de famille)",
        ),
    ),
    Rule(
        "salaire-passe",
        "C. trav. L1221-6 ; directive (UE) 2023/970, article 5",
        "ne demandez pas ce que le candidat gagne ailleurs. Annoncez plutôt votre fourchette.",
        (
            r"\b(?:salaire|remuneration) (?:actuel(?:le)?|anterieure?|precedente?)\b",
            r"\bderni(?:er|ere|ers|eres) (?:salaires?|remunerations?|bulletins? de (?:paie|salaire)|fiches? de paie)\b",
        ),
    ),
    *(
        Rule(
            "anglais",
            "C. trav. L5331-4",
            f"une offre s’écrit en français. Écrivez « {french} », ou ajoutez la traduction entre parenthèses.",
            (rf"\b{english}\b",),
            (rf"\b{english} ?\([^)]{{3,}}\)", r"\([^)]*\)", r"\bash job\b"),
        )
        for english, french in ENGLISH.items()
    ),
)

#: The whole text in English: no word is the fault, so it is counted.
FOREIGN = Rule(
    "langue",
    "C. trav. L5331-4",
    "une offre d’emploi s’écrit en français. Traduisez ce texte ; vous pouvez garder l’anglais à la suite.",
    (),
    refused=True,
)
_ENGLISH_WORDS = re.compile(r"\b(?:the|and|of|to|with|you|your|we|our|for|will|are|is|in)\b")
_FRENCH_WORDS = re.compile(
    r"\b(?:le|la|les|et|de|des|du|avec|vous|nous|pour|un|une|est|en|dans|votre|notre)\b"
)


def plain(text: str) -> str:
    """The text with straight apostrophes and simple spaces, as long as before."""
    return text.replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")


def flat(text: str) -> str:
    """The text without accents and capitals, letter for letter: places in it are places in the text."""
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in plain(text))


def check(texts: Mapping[str, Iterable[str]]) -> list[Finding]:
    """Every doubtful wording of an ad's texts (plain, by field), each words once a field. Refused ones first."""
    found: dict[tuple[str, str], Finding] = {}
    for field, parts in texts.items():
        for text in parts:
            for finding in _in_text(field, text):
                found.setdefault((field, finding.key), finding)
    return sorted(found.values(), key=lambda finding: not finding.rule.refused)


# Publishing reads each text twice: the form for its author, then the guard on the way to live.
@lru_cache(maxsize=256)
def _in_text(field: str, text: str) -> tuple[Finding, ...]:
    return tuple(_findings(field, text))


def _findings(field: str, text: str) -> Iterable[Finding]:
    read = flat(text)
    for rule in RULES:
        if rule.only_questions and field != QUESTIONS:
            continue
        for begin, end in rule.spans(read):
            yield Finding(rule, field, " ".join(text[begin:end].split()))
    english = len(_ENGLISH_WORDS.findall(read))
    if english >= 8 and english > 2 * len(_FRENCH_WORDS.findall(read)):
        yield Finding(FOREIGN, field, " ".join(text.split()[:6]) + "\u00a0…")


def unconfirmed(findings: Iterable[Finding], confirmed: Iterable[str]) -> list[Finding]:
    """The warnings that the author has not yet read and kept."""
    known = set(confirmed)
    return [finding for finding in findings if not finding.rule.refused and finding.key not in known]
