"""What Les Ormeaux writes ads with: models, a draft with questions; and its ads that the office reads or sent back."""

from __future__ import annotations

from pages import ad_copies, ads, review
from pages.models import ScreeningQuestion

from .scene import Scene

QUESTIONS = (
    ("Avez-vous déjà travaillé en internat\u202f?", ScreeningQuestion.Kind.YES_NO, True),
    ("Racontez une situation où vous avez dû poser un cadre.", ScreeningQuestion.Kind.TEXT, True),
    ("À partir de quelle date êtes-vous disponible\u202f?", ScreeningQuestion.Kind.TEXT, False),
)


def make_models(scene: Scene) -> None:
    """Two models from its newest ads, and a draft begun from the first, with questions."""
    customer = scene.customers["les-ormeaux"]
    own = [planned for planned in scene.ads if planned.draft.employer.key == "les-ormeaux"]
    newest = sorted(
        (planned for planned in own if planned.state == ads.State.LIVE),
        key=lambda planned: planned.opened_days_ago or 0,
    )
    models = [ad_copies.save_as_model(planned.row, customer.recruiter) for planned in newest[:2]]
    if not models:
        return
    draft = ad_copies.begin_from(models[0], customer.recruiter)
    draft.languages = "langue des signes appréciée"
    draft.questions.set([ScreeningQuestion(text=t, kind=k, required=r) for t, k, r in QUESTIONS])
    draft.notified.set([customer.recruiter])
    draft.save_revision(user=customer.recruiter)


#: Why one of its ads was sent back.
REASON = (
    "Votre annonce est presque prête. Précisez les horaires et dites s’il y a des astreintes\u00a0: "
    "un candidat a besoin de le savoir avant de postuler."
)


def send_to_review(scene: Scene) -> None:
    """An ad in review and one sent back. No setting of the demonstration asks for it: others publish at once."""
    recruiter = scene.customers["les-ormeaux"].recruiter
    own = [planned for planned in scene.ads if planned.draft.employer.key == "les-ormeaux"]
    for planned in own:
        if planned.state not in (ads.State.REVIEW, ads.State.RETURNED):
            continue
        state = review.workflow().start(planned.row, recruiter)
        if planned.state == ads.State.RETURNED:
            task = state.current_task_state
            task.task.specific.on_action(task, scene.office["ventes"], "reject", comment=REASON)
