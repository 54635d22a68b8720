"""Pictures that recruiters send: one that is none or unfolds to gigabytes is refused at the upload."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.images import get_image_model

pytestmark = pytest.mark.django_db


def bomb(side: int) -> bytes:
    """A small file of an enormous black square."""
    out = io.BytesIO()
    Picture.new("1", (side, side)).save(out, "PNG")
    return out.getvalue()


HOSTILE = {
    "bomb.png": lambda: bomb(9000),
    "page.gif": lambda: b"GIF89a<script>alert(1)</script>",
    "page.jpg": lambda: b"\xff\xd8\xff\xe0<script>alert(1)</script>",
    "page.webp": lambda: b"RIFF\x10\x00\x00\x00WEBPVP8 <script>",
    "drawing.svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "drawing.png": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
}


@pytest.fixture
def send(client, login, recruiter, ormeaux):
    login(client, recruiter)

    def upload(name: str, data: bytes):
        prefix = "image-chooser-upload"
        return client.post(
            "/gestion/images/chooser/create/",
            {
                f"{prefix}-title": "Cour",
                f"{prefix}-file": SimpleUploadedFile(name, data),
                f"{prefix}-collection": ormeaux.collection_id,
            },
        )

    return upload


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_sound_picture_is_refused(name, send):
    response = send(name, HOSTILE[name]())
    assert response.status_code == 200
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_sound_pictures_are_kept_whole(kind, send):
    out = io.BytesIO()
    Picture.effect_noise((120, 80), 90).convert("RGB").save(out, kind)
    send(f"cour.{kind.lower()}", out.getvalue())
    image = get_image_model().objects.get()
    with image.file.open("rb") as kept:
        assert kept.read() == out.getvalue()
    assert (image.width, image.height) == (120, 80)
    assert image.get_rendition("max-50x50").width == 50
