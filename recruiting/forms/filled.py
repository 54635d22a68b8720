from django import forms


class FilledForm(forms.Form):
    """The one question asked when a post is filled. Not answering is an answer."""

    ANSWERS = [("oui", "Oui"), ("non", "Non"), ("", "Je ne sais pas")]

    here = forms.TypedChoiceField(
        label="Avez-vous trouvé cette personne grâce à ASH Job\u202f?",
        choices=ANSWERS,
        coerce=lambda answer: answer == "oui",
        empty_value=None,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )
