"""Why a card was refused, and what its holder can do, in French sentences.

Stripe asks that a card reported lost or stolen is refused in general words: the person at the keyboard may not be its
holder. So any code that is not here gets those.
"""

GENERAL = "Votre banque a refusé ce paiement\u202f: essayez une autre carte, ou appelez votre banque."

_LIMIT = "Le plafond de la carte est atteint\u202f: essayez une autre carte, ou payez par virement."

_SENTENCES = {
    "insufficient_funds": "La carte n’a pas assez de provision\u202f: essayez une autre carte, ou payez par virement.",
    "withdrawal_count_limit_exceeded": _LIMIT,
    "card_velocity_exceeded": _LIMIT,
    "expired_card": "La carte a expiré\u202f: prenez-en une autre.",
    "incorrect_number": "Le numéro de carte est inexact\u202f: vérifiez-le et réessayez.",
    "invalid_number": "Le numéro de carte est inexact\u202f: vérifiez-le et réessayez.",
    "incorrect_cvc": "Le code de sécurité est inexact\u202f: vérifiez-le au dos de la carte et réessayez.",
    "invalid_cvc": "Le code de sécurité est inexact\u202f: vérifiez-le au dos de la carte et réessayez.",
    "invalid_expiry_month": "La date d’expiration est inexacte\u202f: vérifiez-la et réessayez.",
    "invalid_expiry_year": "La date d’expiration est inexacte\u202f: vérifiez-la et réessayez.",
    "authentication_required": (
        "Votre banque demande à vous reconnaître\u202f: réessayez, et validez le paiement dans son application."
    ),
    "payment_intent_authentication_failure": (
        "La validation auprès de votre banque n’a pas abouti\u202f: réessayez, et "
        "confirmez le paiement dans son application."
    ),
    "approve_with_id": "Votre banque n’a pas autorisé ce paiement\u202f: réessayez, ou appelez-la.",
    "processing_error": "La banque n’a pas pu traiter ce paiement\u202f: réessayez dans quelques minutes.",
    "issuer_not_available": "Votre banque ne répond pas\u202f: réessayez dans quelques minutes.",
    "try_again_later": "Votre banque ne répond pas\u202f: réessayez dans quelques minutes.",
    "card_not_supported": "Cette carte ne permet pas ce paiement\u202f: prenez-en une autre.",
    "currency_not_supported": "Cette carte ne paie pas en euros\u202f: prenez-en une autre.",
}  # fmt: skip


def sentence(*codes: object) -> str:
    """The first of these codes that we know, in a sentence; else the general one."""
    return next((_SENTENCES[code] for code in codes if isinstance(code, str) and code in _SENTENCES), GENERAL)
