import io

import factory
import pikepdf
from django.core.files.base import ContentFile
from django.utils import timezone

from recruiting.models import Application, Candidate, Cv
from reference.models import Commune, Profession

from .accounts import EmployerFactory, UserFactory


def pdf_bytes(pages: int = 1) -> bytes:
    """A small real PDF."""
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


class CvFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Cv

    file = factory.LazyFunction(lambda: ContentFile(pdf_bytes(), name="cv.pdf"))
    file_name = "cv.pdf"
    size = 1000
    text = "Éducatrice spécialisée, dix ans en protection de l’enfance."


class CandidateFactory(factory.django.DjangoModelFactory):
    """A candidate with a profile; `in_library=True`: with a CV and consent to the CV library."""

    class Meta:
        model = Candidate
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    headline = "Éducatrice spécialisée"
    presentation = "Dix ans en protection de l’enfance."
    experience = Candidate.Experience.FIVE
    profession = factory.LazyFunction(lambda: Profession.objects.get(code="educateur-specialise"))
    commune = factory.LazyFunction(lambda: Commune.objects.get(insee="69123"))

    class Params:
        in_library = factory.Trait(
            library_consent_at=factory.LazyFunction(timezone.now), library_consent_wording="2026-11"
        )

    @factory.post_generation
    def cv(self, create, extracted, **kwargs):
        if create and (extracted or self.library_consent_at):
            CvFactory(candidate=self)


class ApplicationFactory(factory.django.DjangoModelFactory):
    """An application to `ad` (or spontaneous, to `employer`)."""

    class Meta:
        model = Application

    employer = factory.LazyAttribute(lambda o: o.ad.employer if o.ad else EmployerFactory(with_page=True))
    ad = None
    ad_title = factory.LazyAttribute(lambda o: o.ad.title if o.ad else "")
    is_spontaneous = factory.LazyAttribute(lambda o: o.ad is None)
    first_name = "Inès"
    last_name = "Moreau"
    email = factory.Sequence(lambda n: f"candidate{n}@test.example")
    letter = "Madame, Monsieur, votre annonce a retenu toute mon attention."
    cv = factory.SubFactory(CvFactory)
