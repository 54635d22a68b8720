"""The buttons at the foot of the editor, for recruiters and for those who review their ads."""

from __future__ import annotations

from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PublishMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)


class SendToReviewItem(SubmitForModerationMenuItem):
    """What stands in the place of "publier" for those whose ads the office reads first."""

    def get_context_data(self, parent_context):
        return super().get_context_data(parent_context) | {"label": "Envoyer à la relecture"}


def for_recruiters(items: list[ActionMenuItem], publish_label: str) -> None:
    """The next step first, in their words; the draft saves itself. An ad is withdrawn from review in the space."""
    for item in list(items):
        if isinstance(item, (CancelWorkflowMenuItem, RestartWorkflowMenuItem)):
            items.remove(item)
        if isinstance(item, SubmitForModerationMenuItem):
            items.remove(item)
            items.insert(0, SendToReviewItem(order=item.order))
        if isinstance(item, PublishMenuItem):
            item.label = publish_label
            items.remove(item)
            items.insert(0, item)


#: What a reviewer does, the likeliest first: the action, whether a window asks for words, and the button.
VERDICTS = {
    ("approve", False): "Approuver et publier",
    ("approve", True): "Approuver avec un commentaire",
    ("reject", True): "Renvoyer avec un motif",
}

#: What the reviewer reads afterwards.
SAID = {
    "approve": "«\u00a0{title}\u00a0» est approuvée, son auteur est prévenu.",
    "reject": "«\u00a0{title}\u00a0» est renvoyée à son auteur avec votre motif.",
}


def for_reviewers(items: list[ActionMenuItem]) -> None:
    """While an ad waits for this reviewer, the verdicts first. "Publier" beside them would tell its author nothing."""
    verdicts = [item for item in items if isinstance(item, WorkflowMenuItem)]
    if not verdicts:
        return
    order = list(VERDICTS)
    for item in verdicts:
        item.label = VERDICTS[item.name, item.launch_modal]
    verdicts.sort(key=lambda item: order.index((item.name, item.launch_modal)))
    others = [
        item
        for item in items
        if not isinstance(item, (WorkflowMenuItem, PublishMenuItem, RestartWorkflowMenuItem))
    ]
    for item in others:
        if isinstance(item, CancelWorkflowMenuItem):
            item.label = "Arrêter la relecture"
    items[:] = verdicts + others
