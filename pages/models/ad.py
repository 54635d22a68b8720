from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.http import Http404
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.url_routing import RouteResult

from accounts.models import Employer, Establishment, User
from billing.models import Offer, PrintFormat
from pages import placements, review, showing, statistics
from pages.api.fields import AD_API_FIELDS, AdLabels
from pages.editor.ad import AD_EDITOR
from pages.permissions import AdTester
from reference.models import (
    CollectiveAgreement,
    Commune,
    ContractType,
    Diploma,
    Profession,
    Public,
    StructureType,
)

from .ad_queryset import JobAdManager
from .base import BasePage, PublicStamp

if TYPE_CHECKING:
    from pages.placements import StateBefore

AD_TEXT = ["bold", "italic", "ol", "ul"]
#: What publishing writes to the row beside the text.
PUBLICATION = ("live", "live_revision_id", "first_published_at", "last_published_at", "url_path", "slug")


class JobAd(AdLabels, PublicStamp, BasePage):
    """A job ad, child of its employer's company page.

    Public only while `visible()` says so. However it goes live, `save()` opens a placement for it (one credit) or
    raises `placements.PlacementRefused`, a ValidationError.
    """

    class WorkingTime(models.TextChoices):
        FULL = "plein", "Temps plein"
        PART = "partiel", "Temps partiel"
        EITHER = "indifferent", "Temps plein ou partiel"

    class Remote(models.TextChoices):
        NONE = "non", "Pas de télétravail"
        PARTIAL = "partiel", "Télétravail partiel"
        FULL = "total", "Télétravail total"

    class Experience(models.TextChoices):
        BEGINNER = "debutant", "Débutant accepté"
        ONE = "1-an", "Un an ou plus"
        THREE = "3-ans", "Trois ans ou plus"
        FIVE = "5-ans", "Cinq ans ou plus"

    class PayPeriod(models.TextChoices):
        MONTH = "mois", "par mois"
        YEAR = "an", "par an"
        HOUR = "heure", "de l’heure"
        DAY = "jour", "par jour"

    class Apply(models.TextChoices):
        SITE = "site", "Sur ASH Job"
        LINK = "lien", "Sur notre propre site de recrutement"
        MAIL = "mail", "À une adresse e-mail de notre organisation"

    employer = models.ForeignKey(Employer, models.PROTECT, related_name="ads", editable=False)
    # The kind of credit that its publication spends: chosen on "utiliser cette offre".
    offer_kind = models.CharField(
        "offre", max_length=20, choices=Offer.Kind.choices, default=Offer.Kind.WEB, editable=False
    )
    print_format = models.CharField(
        "format print", max_length=3, choices=PrintFormat.choices, blank=True, editable=False
    )

    # 1. The post
    profession = models.ForeignKey(
        Profession, models.PROTECT, null=True, related_name="+", verbose_name="métier"
    )
    structure_type = models.ForeignKey(
        StructureType, models.PROTECT, null=True, related_name="+", verbose_name="type de structure"
    )
    establishment = models.ForeignKey(
        Establishment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ads",
        verbose_name="établissement",
        help_text="Son type de structure et sa commune sont repris.",
    )
    commune = models.ForeignKey(
        Commune, models.PROTECT, null=True, related_name="+", verbose_name="commune du poste"
    )
    remote = models.CharField("télétravail", max_length=10, choices=Remote.choices, default=Remote.NONE)
    lede = models.CharField(
        "en une phrase", max_length=240, blank=True, help_text="ce qui donne envie de lire la suite"
    )
    missions = RichTextField("missions", features=AD_TEXT)
    # 2. The profile
    profile = RichTextField("profil recherché", features=AD_TEXT)
    publics = ParentalManyToManyField(
        Public, blank=True, related_name="+", verbose_name="publics accompagnés"
    )
    diplomas = ParentalManyToManyField(Diploma, blank=True, related_name="+", verbose_name="diplômes")
    experience = models.CharField(
        "expérience", max_length=10, choices=Experience.choices, default=Experience.BEGINNER
    )
    languages = models.CharField(
        "langues", max_length=160, blank=True, help_text="par exemple « langue des signes, anglais courant »"
    )
    driving_licence = models.BooleanField("permis B demandé", default=False)
    # 3. Conditions
    contract_type = models.ForeignKey(
        ContractType, models.PROTECT, null=True, related_name="+", verbose_name="type de contrat"
    )
    contract_length = models.CharField(
        "durée du contrat", max_length=60, blank=True, help_text="par exemple « 12 mois »"
    )
    working_time = models.CharField(
        "temps de travail", max_length=12, choices=WorkingTime.choices, default=WorkingTime.FULL
    )
    hours = models.CharField("horaires", max_length=160, blank=True)
    starts_on = models.DateField("prise de poste", null=True, blank=True, help_text="vide : dès que possible")
    agreement = models.ForeignKey(
        CollectiveAgreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="convention ou statut",
    )
    grade = models.CharField(
        "grade ou classification",
        max_length=120,
        blank=True,
        help_text="par exemple « coefficient 434 » ou « assistant socio-éducatif, catégorie A »",
    )
    pay_min = models.DecimalField(
        "salaire brut minimum",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("1"))],
    )
    pay_max = models.DecimalField(
        "salaire brut maximum",
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("1"))],
    )
    pay_period = models.CharField("période", max_length=6, choices=PayPeriod.choices, default=PayPeriod.MONTH)
    keeps_seniority = models.BooleanField("ancienneté reprise", default=False)
    benefits = RichTextField("avantages", features=AD_TEXT, blank=True)
    # 4. Applying
    apply_mode = models.CharField("candidatures", max_length=6, choices=Apply.choices, default=Apply.SITE)
    apply_url = models.URLField("lien vers votre processus de recrutement", blank=True)
    apply_email = models.EmailField("adresse e-mail où postuler", blank=True)
    # Nobody chosen: everybody of the team who answers applications.
    notified = ParentalManyToManyField(User, blank=True, related_name="+", verbose_name="personnes prévenues")
    # 5. The magazine
    print_text = models.TextField("texte de l’encart", max_length=600, blank=True)
    print_logo = models.BooleanField("imprimer notre logo", default=False)
    print_issue = models.ForeignKey(
        "pages.MagazineIssue", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="numéro"
    )
    # Doubtful wordings that the author kept after having been warned: `pages.lawful.key` of each.
    confirmed_warnings = models.JSONField(default=list, blank=True, editable=False)
    # Life
    filled_at = models.DateTimeField("pourvue le", null=True, blank=True, editable=False)
    # Whether the person was found through this site; unknown where the employer did not say.
    filled_here = models.BooleanField("pourvue grâce à ASH Job", null=True, blank=True, editable=False)

    objects = JobAdManager()

    #: Whether this instance was read or saved as a draft: it then takes nothing offline.
    _was_draft = False

    parent_page_types = ["pages.CompanyPage"]
    subpage_types: list[str] = []
    template = "pages/ad.html"
    edit_handler = AD_EDITOR
    api_fields = AD_API_FIELDS

    class Meta:
        verbose_name = "annonce"

    def save(self, clean=True, user=None, log_action=False, **kwargs):
        """Save the page; when it goes live, in the same transaction, hold an open placement.

        A draft that was read before somebody else published the ad writes nothing here: the public's text stays, and
        the draft's own is in its revision.
        Locks the ad's row, then the employer's lots. Raises PlacementRefused (no credit, an alias, another
        employer's company page) and leaves nothing written.
        """
        if self.alias_of_id:
            # Even as a draft: Wagtail would make it live together with the original.
            raise placements.PlacementRefused(placements.NO_ALIAS, code="alias")
        if self.employer_id is None:
            # Made by Wagtail's own road (its "create" view, its API): it belongs to the company page it stands under.
            self.employer_id = getattr(self.get_parent().specific, "employer_id", None)
        update_fields = kwargs.get("update_fields")
        if update_fields is not None and "live" not in update_fields:
            with transaction.atomic():
                if "latest_revision" in update_fields:
                    placements.keep_latest_draft(self)
                return super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        with transaction.atomic():
            before = placements.state_before(self)
            if self._is_behind(before):
                return self._take_publication()
            result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
            if self.live:
                placements.hold(self, before, by=user)
        self._was_draft = not self.live
        return result

    @classmethod
    def from_db(cls, db, field_names, values):
        ad = super().from_db(db, field_names, values)
        ad._was_draft = "live" in field_names and not ad.live
        return ad

    def clean_fields(self, exclude=None):
        """Asks nothing about an employer that is set: nobody types it, and the database holds the reference."""
        exclude = set(exclude or ())
        super().clean_fields(exclude | {"employer"} if self.employer_id else exclude)

    def _is_behind(self, before: "StateBefore") -> bool:
        """Whether this is a draft that does not know of the latest publication."""
        is_still_draft = self._was_draft and not self.live
        return is_still_draft and before.was_live and before.last_published_at != self.last_published_at

    def _take_publication(self) -> None:
        """Know of the publication that somebody else made since this instance was read."""
        row = type(self).objects.get(pk=self.pk)
        for name in PUBLICATION:
            setattr(self, name, getattr(row, name))

    def save_revision(self, user=None, overwrite_revision=None, **kwargs):
        """Save a version; the editor's autosave writes over its own latest one.

        Not over one that is online, on the schedule or in review: what was approved and published stays the same text.
        """
        if (
            overwrite_revision
            and overwrite_revision == self.latest_revision
            and review.is_settled(self, overwrite_revision)
        ):
            overwrite_revision = None
        return super().save_revision(user=user, overwrite_revision=overwrite_revision, **kwargs)

    def route(self, request, path_components):
        """Shown while `visible()` says so; afterwards its address says that it is over. No page before it was public.

        Wagtail would serve it as long as it is live, even under a company page that is offline.
        """
        if path_components or not showing.was_public(self):
            raise Http404
        return RouteResult(self, kwargs={"over": not showing.is_visible(self)})

    def serve(self, request, over=False):
        request.is_preview = False
        if over:
            return showing.ad_is_over(self, request)
        response = super().serve(request)
        # Only once it stands: a page that fails while it renders was not read.
        response.add_post_render_callback(lambda rendered: statistics.count_view(self, request))
        return response

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | showing.ad_context(self, request)

    def permissions_for_user(self, user) -> AdTester:
        return AdTester(user, self)

    @cached_property
    def has_workflow(self) -> bool:
        """For the editor's buttons, which ask many times; the guard asks the setting itself."""
        return review.is_required_of(self)

    def get_workflow(self):
        """ "Relecture" when the office requires it of this ad; none otherwise, whatever stands in the tree."""
        return review.workflow() if self.has_workflow else None

    def can_move_to(self, parent) -> bool:
        """An ad stays under its employer's page."""
        return super().can_move_to(parent) and parent.specific.employer_id == self.employer_id

    def with_content_json(self, content):
        """A revision’s content; whose ad it is, its offer and whether it is filled come from the row."""
        ad = super().with_content_json(content)
        for name in ("employer_id", "offer_kind", "print_format", "filled_at", "filled_here", "_was_draft"):
            setattr(ad, name, getattr(self, name))
        return ad

    @property
    def takes_applications(self) -> bool:
        """Whether candidates apply here; also when the employer's own link or address was never given."""
        elsewhere = {self.Apply.LINK: self.apply_url, self.Apply.MAIL: self.apply_email}
        return not elsewhere.get(self.Apply(self.apply_mode))

    @property
    def place(self) -> str:
        """ "Villeurbanne (69)", or nothing while the commune is not chosen."""
        return str(self.commune) if self.commune_id else ""
