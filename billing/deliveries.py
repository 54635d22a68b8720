"""How each line of a cart is delivered, in words (the step "expédition")."""

from .models import Cart, Offer


def deliveries(cart: Cart) -> list[dict]:
    """For each line: what comes, when and where."""
    return [
        {"name": line.offer.name, "quantity": line.quantity, "how": _how(line.offer, line.quantity)}
        for line in cart.lines.all()
    ]


def _how(offer: Offer, quantity: int) -> str:
    if offer.gives_credits:
        number = offer.quantity * quantity
        credits = "Un crédit" if number == 1 else f"{number} crédits"
        text = f"{credits} dans votre espace, à utiliser pendant {offer.months} mois."
        if offer.print_format:
            text += " L’encart paraît dans le prochain numéro ouvert au moment où vous publiez l’annonce."
        return text
    if offer.kind == Offer.Kind.CV_ACCESS:
        return f"Accès ouvert à toute votre équipe pendant {offer.months} mois."
    return f"Votre page entreprise passe à ce niveau pendant {offer.months} mois."
