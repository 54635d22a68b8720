"""The recruiter's own ads and company page, below `/espace-recruteur/`."""

from django.urls import path

from .views.space import ad, ads, bulk, company, copies, life, photos, statistics

urlpatterns = [
    path("", company.space, name="space"),
    path("page-entreprise/", company.company_page, name="company_page"),
    path("page-entreprise/creer/", company.company_page_create, name="company_page_create"),
    path("page-entreprise/photos/<int:pk>/", photos.company_photo, name="company_photo"),
    path("annonces/", ads.ads_list, name="ads"),
    path("annonces/nouvelle/", ads.ad_new, name="ad_new"),
    path("annonces/selection/", bulk.ads_bulk, name="ads_bulk"),
    path("annonces/<int:pk>/", ad.ad, name="ad"),
    path("annonces/<int:pk>/modifier/", ad.ad_edit, name="ad_edit"),
    path("annonces/<int:pk>/depublier/", ad.ad_unpublish, name="ad_unpublish"),
    path("annonces/<int:pk>/pourvue/", ad.ad_filled, name="ad_filled"),
    path("annonces/<int:pk>/rouvrir/", ad.ad_reopen, name="ad_reopen"),
    path("annonces/<int:pk>/renouveler/", life.ad_renew, name="ad_renew"),
    path("annonces/<int:pk>/remettre-en-ligne/", life.ad_back_online, name="ad_back_online"),
    path("annonces/<int:pk>/retirer-de-la-relecture/", life.ad_withdraw, name="ad_withdraw"),
    path("annonces/<int:pk>/supprimer/", life.ad_delete, name="ad_delete"),
    path("annonces/<int:pk>/dupliquer/", copies.ad_duplicate, name="ad-duplicate"),
    path("annonces/<int:pk>/enregistrer-comme-modele/", copies.ad_save_as_model, name="ad-save-as-model"),
    path("modeles/", copies.ad_models, name="ad_models"),
    path("modeles/<uuid:public_id>/", copies.ad_model, name="ad_model"),
    path("modeles/<uuid:public_id>/utiliser/", copies.ad_model_use, name="ad_model_use"),
    path("modeles/<uuid:public_id>/supprimer/", copies.ad_model_delete, name="ad_model_delete"),
    path("annonces/<int:pk>/statistiques/", statistics.ad_statistics, name="ad_statistics"),
    path("annonces/<int:pk>/statistiques.csv", statistics.ad_statistics_csv, name="ad_statistics_csv"),
    path("statistiques/", statistics.statistics, name="statistics"),
    path("statistiques.csv", statistics.statistics_csv, name="statistics_csv"),
]
