"""Addresses of recruiting. What belongs to the recruiter's ads and company page is in `space_urls`."""

from django.urls import URLPattern, URLResolver, include, path

from .views import applications, apply, candidate, conversation, library, profile

app_name = "recruiting"

_apply = [
    path("<int:pk>/", apply.apply, name="apply"),
    path("entreprise/<int:pk>/", apply.apply_spontaneous, name="apply_spontaneous"),
]

# By the link of a mail, without an account.
_conversation = [
    path("", conversation.conversation, name="conversation"),
    path("envoyee/", apply.applied, name="applied"),
    path("retirer/", conversation.withdraw, name="conversation_withdraw"),
]

_recruiter = [
    path("", applications.applications, name="applications"),
    path("<uuid:public_id>/", applications.application, name="application"),
    path("<uuid:public_id>/statut/", applications.application_move, name="application_move"),
    path("<uuid:public_id>/cv/", applications.application_cv, name="application_cv"),
]

_candidate = [
    path("", candidate.candidate_space, name="candidate_space"),
    path("candidatures/<uuid:public_id>/", candidate.candidate_application, name="candidate_application"),
    path("candidatures/<uuid:public_id>/retirer/", candidate.candidate_withdraw, name="candidate_withdraw"),
    path("profil/", profile.profile, name="profile"),
    path("profil/cv/", profile.my_cv, name="my_cv"),
    path("profil/cv/deposer/", profile.cv_upload, name="cv_upload"),
    path("profil/cv/supprimer/", profile.cv_remove, name="cv_remove"),
    path("profil/cvtheque/entrer/", profile.library_join, name="library_join"),
    path("profil/cvtheque/quitter/", profile.library_leave, name="library_leave"),
    path("profil/cvtheque/actualiser/", profile.library_refresh, name="library_refresh"),
    path("profil/consultations/", profile.accesses, name="accesses"),
]

_library = [
    path("<uuid:public_id>/", library.cv, name="cv"),
    path("<uuid:public_id>/cv/", library.cv_download, name="cv_download"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("postuler/", include(_apply)),
    path("candidature/<slug:token>/", include(_conversation)),
    path("espace-recruteur/candidatures/", include(_recruiter)),
    path("espace-recruteur/", include("recruiting.space_urls")),
    path("espace-candidat/", include(_candidate)),
    path("cvtheque/", include(_library)),
]
