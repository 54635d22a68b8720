from collections import Counter

from billing import credits
from pages.ads import State

from .scene import Scene


def make_orders(scene: Scene) -> None:
    need = Counter(
        (ad.draft.employer.key, ad.kind, ad.print_format) for ad in scene.ads if ad.state != State.DRAFT
    )
    for (k, kind, fmt), n in need.items():
        credits.grant(
            scene.customers[k].row,
            kind,
            n + 1,
            print_format=fmt,
            reference=f"demo:{k}:{kind}:{fmt}",
            reason="x",
            at=scene.ago(160),
        )
