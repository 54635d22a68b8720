"""Applications to the live ads, their conversations, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, islice

from dev.demo.content import PROFESSIONS
from dev.demo.content.conversations import CONVERSATIONS
from dev.demo.content.letters import LETTERS
from dev.demo.content.shapes import Conversation, paragraphs
from dev.demo.wording import fill, placeholders
from pages.ads import State as AdState
from recruiting import applications, cvs
from recruiting.models import Application, Candidate

from .backdate import backdate
from .scene import Customer, PlannedAd, Scene, key

State = Application.State
#: On the way to an outcome an application passes through these.
WAYS = {
    State.RECEIVED: (),
    State.READ: (State.READ,),
    State.SHORTLISTED: (State.READ, State.SHORTLISTED),
    State.INTERVIEW: (State.READ, State.SHORTLISTED, State.INTERVIEW),
    State.HIRED: (State.READ, State.INTERVIEW, State.HIRED),
    State.REFUSED: (State.READ, State.REFUSED),
    State.WITHDRAWN: (State.READ,),
}
SPONTANEOUS = (
    "Bonjour,\n\nVotre page m’a donné envie de vous écrire sans attendre une annonce. Je cherche une équipe stable et "
    "un projet qui laisse du temps aux personnes. Mon CV vous dira le reste ; je me déplace volontiers pour une "
    "rencontre."
)


def make_applications(scene: Scene) -> None:
    """Applications to live ads of candidates of the profession asked for, then some spontaneous ones."""
    pairs = islice(_pairs(scene), scene.scale.applications)
    for (planned, candidate), conversation in zip(pairs, cycle(CONVERSATIONS), strict=False):
        _apply(scene, planned, candidate, conversation)
    _spontaneous(scene)


def _pairs(scene: Scene) -> Iterator[tuple[PlannedAd, Candidate]]:
    """Ads and candidates that go together: Les Ormeaux's ads first and most, then one or two for each other ad."""
    open_ads = [
        ad for ad in scene.ads if ad.state in (AdState.LIVE, AdState.ENDING) and not ad.draft.apply_by_link
    ]
    open_ads.sort(key=lambda ad: ad.draft.employer.key != "les-ormeaux")
    by_profession: dict[str, list[Candidate]] = {}
    for candidate in scene.candidates:
        by_profession.setdefault(candidate.profession.code, []).append(candidate)
    for planned in open_ads:
        ours = planned.draft.employer.key == "les-ormeaux"
        suited = by_profession.get(planned.draft.profession.code, [])
        others = scene.candidates[scene.rng.randrange(len(scene.candidates)) :][:2]
        chosen = [*suited, *others][: 4 if ours else scene.rng.randint(1, 2)]
        if ours and scene.candidates[0] not in chosen:
            chosen.append(scene.candidates[0])
        for candidate in dict.fromkeys(chosen):
            yield planned, candidate


def _apply(scene: Scene, planned: PlannedAd, candidate: Candidate, conversation: Conversation) -> None:
    customer = scene.customers[planned.draft.employer.key]
    ad = planned.row
    application = applications.apply_to_ad(
        ad,
        _sender(candidate),
        letter=_letter(scene, planned, candidate),
        cv=cvs.current_of(candidate),
        form_key=key("application", ad.pk, candidate.pk),
        candidate=candidate,
    )
    sent = scene.ago(scene.rng.randint(0, max(0, (planned.opened_days_ago or 0) - 1)))
    _backdate_sending(application, sent)
    _converse(scene, customer, application, conversation, sent)


def _spontaneous(scene: Scene) -> None:
    """One or two to each paid page, still unread for some."""
    number = 0
    for customer in scene.customers.values():
        if not applications.takes_spontaneous(customer.row):
            continue
        for _ in range(2 if customer.content.key == "les-ormeaux" else 1):
            candidate = scene.candidates[(7 * number + 3) % len(scene.candidates)]
            application = applications.apply_spontaneously(
                customer.row,
                _sender(candidate),
                letter=SPONTANEOUS,
                cv=cvs.current_of(candidate),
                form_key=key("spontaneous", customer.row.pk, candidate.pk),
                candidate=candidate,
            )
            sent = scene.ago(scene.rng.randint(0, 25))
            _backdate_sending(application, sent)
            if number % 2:
                applications.mark_read(application, customer.recruiter)
            number += 1


def _sender(candidate: Candidate) -> applications.Sender:
    user = candidate.user
    return applications.Sender(user.first_name, user.last_name, user.email, user.phone)


def _letter(scene: Scene, planned: PlannedAd, candidate: Candidate) -> str:
    """A letter of the profession, or of any of its family's, that agrees with its author."""
    gender = "f" if candidate.user.civility == "mme" else "m"
    own = candidate.profession.code
    fitting = [
        letter
        for letter in LETTERS
        if letter.gender in ("", gender) and PROFESSIONS[letter.profession].code == own
    ]
    if not fitting:
        return SPONTANEOUS.replace("sans attendre une annonce", "dès la lecture de votre annonce")
    letter = fitting[candidate.pk % len(fitting)]
    words = placeholders(planned.draft.employer, planned.draft.house, planned.row.commune.name)
    text = fill(letter.text, words | {"poste": planned.draft.title})
    return "\n\n".join([*paragraphs(text), f"{candidate.user.first_name} {candidate.user.last_name}"])


def _backdate_sending(application: Application, sent: datetime) -> None:
    backdate(application, sent_at=sent)
    for move in application.moves.all():
        backdate(move, at=sent)


def _converse(
    scene: Scene, customer: Customer, application: Application, conversation: Conversation, sent: datetime
) -> None:
    """Exchange the messages and take the application to its outcome, each step at its moment, none in the future."""
    gender = "f" if application.candidate.user.civility == "mme" else "m"
    turns = conversation.turns if conversation.gender in ("", gender) else ()
    outcome = State(conversation.outcome) if turns or not conversation.turns else State.READ
    moment = sent
    for number, turn in enumerate(turns):
        moment = min(moment + timedelta(days=turn.days, hours=turn.hours), scene.now)
        from_candidate = turn.author == "candidate"
        message = applications.write(
            application,
            turn.text,
            form_key=key("message", application.pk, number),
            author=application.candidate.user if from_candidate else customer.recruiter,
            from_candidate=from_candidate,
        )
        last = number == len(turns) - 1
        read = {} if last and from_candidate else {"read_at": min(moment + timedelta(hours=1), scene.now)}
        backdate(message, sent_at=moment, **read)
    _finish(scene, customer, application, outcome, sent, moment)


def _finish(
    scene: Scene,
    customer: Customer,
    application: Application,
    outcome: State,
    sent: datetime,
    moment: datetime,
) -> None:
    for state in WAYS[outcome]:
        applications.move(application, state, customer.recruiter, notify=False)
    if outcome == State.WITHDRAWN:
        applications.withdraw(application)
    moves = list(application.moves.order_by("pk"))[1:]
    for number, move in enumerate(moves, start=1):
        backdate(move, at=sent + (moment - sent) * number / max(1, len(moves)))
    application.refresh_from_db()
    if application.answered_at:
        first = application.messages.filter(from_candidate=False).order_by("pk").first()
        backdate(application, answered_at=first.sent_at if first else moment)
