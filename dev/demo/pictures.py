"""Logos and photographs for the company pages, drawn here: nobody's face, nobody's building."""

from __future__ import annotations

import io
import math
import random
import unicodedata

from PIL import Image, ImageDraw, ImageFont

PAPER = (250, 246, 238)
INKS = (
    (11, 107, 107),
    (156, 61, 31),
    (59, 74, 122),
    (91, 107, 31),
    (122, 59, 105),
    (150, 106, 20),
    (38, 84, 61),
    (125, 45, 58),
)
SCENES = (
    ("hills", "Vue dessinée des environs : collines, arbres et soleil bas"),
    ("house", "Dessin de la maison principale, avec sa porte et ses fenêtres éclairées"),
    ("garden", "Dessin du jardin : des parterres en rangs et des fleurs"),
    ("street", "Dessin de la rue devant l’établissement, façades alignées"),
)


def logo(name: str, index: int) -> bytes:
    """A square PNG with the initials of the name in one of the inks."""
    ink = INKS[index % len(INKS)]
    image = Image.new("RGB", (480, 480), PAPER)
    draw = ImageDraw.Draw(image)
    shapes = (
        lambda: draw.ellipse((30, 30, 450, 450), fill=ink),
        lambda: draw.rounded_rectangle((36, 36, 444, 444), radius=90, fill=ink),
        lambda: draw.regular_polygon((240, 240, 222), 6, fill=ink, rotation=index * 7),
    )
    shapes[index % 3]()
    draw.text((240, 240), initials(name), font=ImageFont.load_default(size=168), fill=PAPER, anchor="mm")
    return _bytes(image, "PNG")


def initials(name: str) -> str:
    """At most two initials of the words that bear a capital, bare of accents, which the picture's font lacks."""
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    letters = [word[0] for word in name.replace("’", " ").replace("-", " ").split() if word[0].isupper()]
    kept = letters[1:3] if len(letters) > 2 else letters
    return "".join(kept[:2]) or name[:2].upper()


def scene(kind: str, seed: int) -> bytes:
    """A drawn landscape as JPEG, 1200 by 800: the same for the same seed."""
    rng = random.Random(f"{kind}:{seed}")
    image = Image.new("RGB", (1200, 800), (236, 228, 210))
    draw = ImageDraw.Draw(image)
    _sky(draw, rng)
    {"hills": _hills, "house": _house, "garden": _garden, "street": _street}[kind](draw, rng)
    return _bytes(image, "JPEG")


def _sky(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    top = rng.choice(((188, 214, 222), (244, 214, 178), (205, 219, 200), (214, 205, 226)))
    for y in range(0, 520, 4):
        share = y / 520
        draw.rectangle((0, y, 1200, y + 4), fill=tuple(int(a + (245 - a) * share) for a in top))
    x = rng.randint(150, 1050)
    draw.ellipse((x - 55, 110, x + 55, 220), fill=(250, 226, 160))


def _hills(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    for layer in range(4):
        base, height, phase = 420 + layer * 95, 90 - layer * 12, rng.uniform(0, 6)
        ink = INKS[(rng.randint(0, 7) if layer == 0 else layer + 2) % len(INKS)]
        fill = tuple(int(c + (235 - c) * (0.62 - layer * 0.15)) for c in ink)
        points = [(x, base - height * math.sin(x / (170 + 40 * layer) + phase)) for x in range(0, 1201, 20)]
        draw.polygon([*points, (1200, 800), (0, 800)], fill=fill)
    for _ in range(14):
        _tree(draw, rng.randint(30, 1170), rng.randint(650, 780), rng.randint(40, 80))


def _house(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 600, 1200, 800), fill=(176, 190, 150))
    ink, left = rng.choice(INKS), rng.randint(250, 380)
    wall = tuple(int(c + (245 - c) * 0.75) for c in ink)
    draw.rectangle((left, 330, left + 520, 640), fill=wall)
    draw.polygon([(left - 40, 335), (left + 260, 190), (left + 560, 335)], fill=ink)
    for column in range(4):
        for row in range(2):
            x, y = left + 45 + column * 122, 375 + row * 125
            if (column, row) != (1, 1):
                draw.rectangle((x, y, x + 66, y + 78), fill=(250, 226, 160), outline=ink, width=4)
    draw.rectangle((left + 167, 500, left + 233, 640), fill=ink)
    for x in (left - 130, left + 650, left + 740):
        _tree(draw, x, 690, 120)


def _garden(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 470, 1200, 800), fill=(190, 200, 160))
    for row in range(5):
        y = 510 + row * 58
        draw.line((40 - row * 30, y, 1160 + row * 30, y), fill=(140, 110, 80), width=10 + row * 3)
        for x in range(60, 1160, 70):
            size = 12 + row * 4
            colour = rng.choice(((156, 61, 31), (203, 150, 40), (91, 107, 31), (122, 59, 105)))
            draw.ellipse((x - size, y - 2 * size, x + size, y), fill=colour)
    for x in (80, 1100):
        _tree(draw, x, 500, 130)


def _street(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    draw.rectangle((0, 650, 1200, 800), fill=(170, 165, 158))
    x = 0
    while x < 1200:
        width, top = rng.randint(120, 210), rng.randint(220, 380)
        ink = rng.choice(INKS)
        draw.rectangle((x, top, x + width, 655), fill=tuple(int(c + (240 - c) * 0.6) for c in ink))
        for wx in range(x + 22, x + width - 40, 52):
            for wy in range(top + 30, 600, 78):
                draw.rectangle((wx, wy, wx + 28, wy + 44), fill=(250, 240, 215))
        x += width + 6


def _tree(draw: ImageDraw.ImageDraw, x: int, y: int, size: int) -> None:
    draw.rectangle((x - size // 12, y - size, x + size // 12, y), fill=(110, 84, 60))
    draw.ellipse((x - size // 2, y - size * 2, x + size // 2, y - size // 2), fill=(74, 110, 72))


def _bytes(image: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    image.save(out, form, quality=82, optimize=True)
    return out.getvalue()
