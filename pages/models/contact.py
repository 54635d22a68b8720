from django.db import models


class ContactMessage(models.Model):
    """A message sent through the contact form (G32): kept, and mailed to the office."""

    class Subject(models.TextChoices):
        INVOICE = "facture", "Commander sur facture"
        ORDER = "commande", "Une commande, un devis, une facture"
        AD = "annonce", "Une annonce ou une page entreprise"
        CANDIDATE = "candidat", "Une candidature, un CV"
        OTHER = "autre", "Autre question"

    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse e-mail")
    phone = models.CharField("téléphone", max_length=30, blank=True)
    organisation = models.CharField("organisme", max_length=200, blank=True)
    subject = models.CharField("sujet", max_length=20, choices=Subject.choices)
    body = models.TextField("message", max_length=5000)
    sent_at = models.DateTimeField("envoyé le", auto_now_add=True)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)

    class Meta:
        verbose_name = "message de contact"
        verbose_name_plural = "messages de contact"
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_subject_display()}"
