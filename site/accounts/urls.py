from django.conf import settings
from django.urls import path
from django.views.generic import RedirectView

from .views import entrance, establishments, invitation, me, my_data, refuse_mails, security, team

app_name = "accounts"

_admin = settings.WAGTAIL_ADMIN_URL_PREFIX

urlpatterns = [
    path("recruteurs/", entrance.recruiter_entrance, name="recruiter_entrance"),
    path("recruteurs/creer-mon-espace/", entrance.sign_up, {"kind": "recruiter"}, name="recruiter_signup"),
    path("candidats/creer-mon-compte/", entrance.sign_up, {"kind": "candidate"}, name="candidate_signup"),
    path("creer-mon-compte/e-mail-envoye/", entrance.sign_up_sent, name="sign_up_sent"),
    path("creer-mon-compte/nouveau-lien/", entrance.link_again, name="link_again"),
    path("creer-mon-mot-de-passe/<str:key>/", entrance.choose_password, name="choose_password"),
    path("mon-espace/", entrance.arrival, name="arrival"),
    path("mon-compte/", me.me, name="me"),
    path("mon-compte/e-mails/", my_data.notifications, name="notifications"),
    path("mon-compte/mes-donnees/", my_data.my_data, name="my_data"),
    path("mon-compte/mes-donnees/copie/<uuid:public_id>/", my_data.download, name="data_export"),
    path("mon-compte/supprimer/", my_data.delete_account, name="delete_account"),
    path("mon-compte/securite/", security.security, name="security"),
    path("mon-compte/securite/second-facteur/", security.second_factor_needed, name="second_factor_needed"),
    path("mon-compte/connexions/fermer/", security.end_session, name="end_session"),
    path("mon-compte/organisation/", me.organisation, name="organisation"),
    path("mon-compte/organisation/nouvelle/", me.organisation_new, name="organisation_new"),
    path("mon-compte/etablissements/", establishments.establishments, name="establishments"),
    path("mon-compte/etablissements/nouveau/", establishments.establishment_new, name="establishment_new"),
    path("mon-compte/etablissements/<uuid:public_id>/", establishments.establishment, name="establishment"),
    path(
        "mon-compte/etablissements/<uuid:public_id>/retirer/",
        establishments.establishment_remove,
        name="establishment_remove",
    ),
    path(
        "mon-compte/etablissements/<uuid:public_id>/remettre-en-service/",
        establishments.establishment_restore,
        name="establishment_restore",
    ),
    path("mon-compte/employeurs/", team.employers, name="employers"),
    path("mon-compte/changer-d-employeur/", me.switch_employer, name="switch_employer"),
    path("mon-compte/equipe/", team.members, name="team"),
    path("mon-compte/equipe/historique/", team.history, name="team_history"),
    path("mon-compte/equipe/transmettre/", team.hand_over, name="team_hand_over"),
    path("mon-compte/equipe/quitter/", team.leave, name="team_leave"),
    path("mon-compte/equipe/membres/<int:pk>/role/", team.change_role, name="team_role"),
    path("mon-compte/equipe/membres/<int:pk>/retirer/", team.remove, name="team_remove"),
    path("mon-compte/equipe/invitations/<int:pk>/renvoyer/", team.send_again, name="team_send_again"),
    path("mon-compte/equipe/invitations/<int:pk>/revoquer/", team.revoke, name="team_revoke"),
    path("ne-plus-recevoir/<str:key>/", refuse_mails.refuse_mails, name="refuse_mails"),
    path("invitation/<str:key>/", invitation.invitation, name="invitation"),
    # Wagtail's own log-in and forgotten password are ours.
    path(f"{_admin}/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path(
        f"{_admin}/password_reset/",
        RedirectView.as_view(pattern_name="account_reset_password", query_string=False),
    ),
]
