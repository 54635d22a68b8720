"""What Les Ormeaux has at hand to write ads with: models, and drafts with questions to candidates."""

from __future__ import annotations

from pages import ad_copies, ads
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
