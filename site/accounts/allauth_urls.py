"""allauth's views at French addresses, under allauth's own names: it reverses them itself, so no namespace."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as socialaccount
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.usersessions import views as usersessions
from django.urls import path, re_path
from django.views.generic import RedirectView

from .views import security

urlpatterns = [
    path("connexion/", account.login, name="account_login"),
    path("connexion/code/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/cle-d-acces/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("connexion/compte/annulee/", socialaccount.login_cancelled, name="socialaccount_login_cancelled"),
    path("connexion/compte/erreur/", socialaccount.login_error, name="socialaccount_login_error"),
    path("connexion/compte/<slug:provider_id>/", security.publisher_login_start, name="openid_connect_login"),
    path(
        "connexion/compte/<slug:provider_id>/retour/", openid_connect.callback, name="openid_connect_callback"
    ),
    path(
        "connexion/confirmez-votre-adresse/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("deconnexion/", account.logout, name="account_logout"),
    path("compte-desactive/", account.account_inactive, name="account_inactive"),
    # Signing up is ours: whoever asks for allauth's chooses between the two kinds of account.
    path(
        "inscription/",
        RedirectView.as_view(pattern_name="accounts:recruiter_entrance", query_string=False),
        name="account_signup",
    ),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/enregistre/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^confirmer-mon-adresse/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"
    ),
    path("mon-compte/confirmer-l-acces/", account.reauthenticate, name="account_reauthenticate"),
    path("mon-compte/confirmer-l-acces/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "mon-compte/confirmer-l-acces/cle-d-acces/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("mon-compte/adresse-e-mail/", account.email, name="account_email"),
    path("mon-compte/mot-de-passe/", account.password_change, name="account_change_password"),
    path("mon-compte/mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("mon-compte/double-authentification/", mfa.index, name="mfa_index"),
    path("mon-compte/double-authentification/activer/", totp.activate_totp, name="mfa_activate_totp"),
    path("mon-compte/double-authentification/desactiver/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("mon-compte/codes-de-secours/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "mon-compte/codes-de-secours/nouveaux/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "mon-compte/codes-de-secours/telecharger/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("mon-compte/cles-d-acces/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("mon-compte/cles-d-acces/ajouter/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("mon-compte/cles-d-acces/<int:pk>/renommer/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("mon-compte/cles-d-acces/<int:pk>/retirer/", security.remove_passkey, name="mfa_remove_webauthn"),
    path("mon-compte/compte-editeur/", socialaccount.connections, name="socialaccount_connections"),
    path("mon-compte/connexions/", usersessions.list_usersessions, name="usersessions_list"),
]
