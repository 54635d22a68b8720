import uuid

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager):
    """Creates users by e-mail address: there is no user name."""

    use_in_migrations = True

    def _create_user_object(self, email, password, **extra):
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        return user

    def create_user(self, email, password=None, **extra):
        """Save a user. Without a password none can be used until one is chosen by mail."""
        if not email:
            raise ValueError("An e-mail address is required.")
        extra.setdefault("is_staff", False)
        extra.setdefault("is_superuser", False)
        user = self._create_user_object(email, password, **extra)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **extra):
        return self.create_user(email, password, **(extra | {"is_staff": True, "is_superuser": True}))

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """A person who logs in: recruiter (by a membership), candidate (by a candidate profile) or office (by a group)."""

    class Civility(models.TextChoices):
        MADAME = "mme", "Madame"
        MONSIEUR = "m", "Monsieur"

    username = None  # type: ignore[assignment]  # login is by e-mail
    email = models.EmailField("adresse e-mail", unique=True)
    civility = models.CharField("civilité", max_length=3, choices=Civility.choices, blank=True)
    first_name = models.CharField("prénom", max_length=150)
    last_name = models.CharField("nom", max_length=150)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = UserManager()  # type: ignore[misc]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        ordering = ["last_name", "first_name", "pk"]
        permissions = [("reset_second_factor", "Réinitialiser le second facteur d’un compte")]
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_ci")]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def formal_name(self) -> str:
        """How a mail addresses the person: "Madame Martin", or the whole name."""
        return f"{self.get_civility_display()} {self.last_name}" if self.civility else str(self)

    @property
    def signature(self) -> str:
        """Who did something, as customers read it: the office signs as such, whoever of it."""
        return "L’équipe d’ASH Job" if self.is_staff else str(self)

    @property
    def is_office(self) -> bool:
        """Whether this person works for the publisher: staff, by any office role."""
        return self.is_active and self.is_staff
