"""What allauth says, in the words of this site. A message that is empty here is not shown."""

#: allauth's flash messages, by the name of its template.
MESSAGES = {
    "cannot_delete_primary_email": "L’adresse {email} est celle de votre compte : elle ne se supprime pas.",
    "email_confirmation_failed": "L’adresse {email} appartient déjà à un autre compte.",
    "email_confirmation_sent": "Un e-mail de confirmation est parti à l’adresse {email}.",
    "email_confirmed": "L’adresse {email} est confirmée.",
    "email_deleted": "L’adresse {email} est supprimée.",
    "logged_in": "",
    "logged_out": "Vous êtes déconnecté.",
    "password_changed": "Votre mot de passe est modifié.",
    "password_set": "Votre mot de passe est enregistré.",
    "primary_email_set": "Votre adresse e-mail est modifiée.",
    "unverified_primary_email": "Confirmez d’abord cette adresse : le lien est dans l’e-mail que vous avez reçu.",
    "recovery_codes_generated": "Vos nouveaux codes de secours sont prêts.",
    "totp_activated": "La double authentification est activée.",
    "totp_deactivated": "La double authentification est désactivée.",
    "sessions_logged_out": "Vos autres connexions sont fermées.",
    "webauthn_added": "Votre clé d’accès est enregistrée.",
    "webauthn_removed": "La clé d’accès est retirée.",
    "account_connected": "Votre compte de l’éditeur est relié : il ouvre maintenant celui-ci.",
    "account_connected_other": "Ce compte de l’éditeur est déjà relié à un autre compte ASH Job.",
    "account_connected_updated": "Votre compte de l’éditeur était déjà relié.",
    "account_disconnected": "Le compte de l’éditeur n’est plus relié.",
}

#: allauth's notification mails, by the name of its template: the sentence of `emails.security_notice`.
NOTICES = {
    "email_changed": "L’adresse e-mail de votre compte vient d’être modifiée.",
    "email_confirm": "Une nouvelle adresse e-mail vient d’être confirmée pour votre compte.",
    "email_deleted": "Une adresse e-mail vient d’être retirée de votre compte.",
    "password_changed": "Le mot de passe de votre compte vient d’être modifié.",
    "password_reset": "Un nouveau mot de passe vient d’être choisi pour votre compte.",
    "password_set": "Un mot de passe vient d’être choisi pour votre compte.",
    "recovery_codes_generated": "De nouveaux codes de secours viennent d’être créés pour votre compte.",
    "totp_activated": "La double authentification vient d’être activée sur votre compte.",
    "totp_deactivated": "La double authentification vient d’être désactivée sur votre compte.",
    "webauthn_added": "Une clé d’accès vient d’être ajoutée à votre compte.",
    "webauthn_removed": "Une clé d’accès vient d’être retirée de votre compte.",
    "account_connected": "Votre compte de l’éditeur vient d’être relié à votre compte ASH Job.",
    "account_disconnected": "Votre compte de l’éditeur n’est plus relié à votre compte ASH Job.",
}

#: allauth's form errors, by their code.
ERRORS = {
    "cannot_delete_authenticator": "Votre compte doit garder un second facteur : ajoutez-en un autre avant de "
    "retirer celui-ci.",
    "cannot_generate_recovery_codes": "Activez d’abord la double authentification : les codes de secours la "
    "remplacent en cas de perte.",
    "connected_other": "Ce compte de l’éditeur est déjà relié à un autre compte ASH Job.",
    "no_password": "Choisissez d’abord un mot de passe : sans lui, ce compte ne s’ouvrirait plus.",
    "no_verified_email": "Confirmez d’abord votre adresse e-mail : sans elle, ce compte ne s’ouvrirait plus.",
    "unverified_email": "Confirmez d’abord votre adresse e-mail.",
    "account_inactive": "Ce compte est désactivé. Écrivez-nous pour le rouvrir.",
    "duplicate_email": "Cette adresse est déjà celle de votre compte.",
    "email_password_mismatch": "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les, "
    "ou demandez un nouveau mot de passe.",
    "email_taken": "Un compte existe déjà avec cette adresse.",
    "enter_current_password": "Tapez votre mot de passe actuel.",
    "incorrect_code": "Ce code n’est pas le bon, ou la clé d’accès n’est pas reconnue. Essayez encore.",
    "incorrect_password": "Ce n’est pas votre mot de passe.",
    "invalid_login": "Cette adresse et ce mot de passe ne vont pas ensemble.",
    "invalid_password_reset": "Ce lien ne fonctionne plus : demandez-en un nouveau.",
    "rate_limited": "Trop d’essais en peu de temps : attendez quelques minutes.",
    "same_as_current": "C’est déjà votre adresse.",
    "too_many_login_attempts": "Trop d’essais manqués : attendez quelques minutes, "
    "ou demandez un nouveau mot de passe.",
}
