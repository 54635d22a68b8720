"""Twenty exchanges between recruiters and candidates, and where each left the application."""

from dev.demo.content.shapes import Conversation, Turn


def recruiter(text: str, days: int = 1, hours: int = 2) -> Turn:
    """A message from the employer’s side."""
    return Turn("recruiter", text, days, hours)


def candidate(text: str, days: int = 0, hours: int = 5) -> Turn:
    """A message from the candidate’s side."""
    return Turn("candidate", text, days, hours)


CONVERSATIONS = (
    Conversation("interview", (
        recruiter("Bonjour, merci pour votre candidature que nous avons lue à deux. Seriez-vous disponible jeudi à 14 h pour un premier échange avec la cheffe de service ?"),
        candidate("Bonjour, merci de votre retour. Jeudi 14 h me convient très bien. Est-ce sur place ou en visioconférence ?"),
        recruiter("Sur place, avec une visite ensuite. Comptez une heure et demie. À l’accueil, demandez madame Rivoire. À jeudi !", 0, 1),
        candidate("C’est noté, merci. À jeudi."),
    )),
    Conversation("hired", (
        recruiter("Bonjour, l’entretien de mardi nous a convaincus, et vos futurs collègues aussi. Nous souhaitons vous proposer le poste."),
        candidate("Bonjour, j’en suis très heureuse, merci. Pourriez-vous me préciser la reprise d’ancienneté ?", 0, 2),
        recruiter("Sept ans et quatre mois repris, soit 2 284 € brut par mois hors indemnités. Le contrat part demain par courrier.", 1, 1),
        candidate("C’est parfait. Je donne ma démission cette semaine ; à partir du 1er du mois prochain, je suis à vous."),
        recruiter("Bienvenue dans l’équipe ! Votre tuteur vous appellera pour organiser la première semaine.", 0, 3),
    ), "f"),
    Conversation("refused", (
        recruiter("Bonjour, nous avons reçu beaucoup de candidatures et avons retenu une personne ayant déjà exercé auprès de jeunes enfants. Votre lettre nous a touchés ; accepteriez-vous que nous la gardions pour un poste à l’automne ?"),
        candidate("Bonjour, merci pour ce retour, si rare. Oui, volontiers, je reste intéressé par votre structure."),
    ), "m"),
    Conversation("shortlisted", (
        recruiter("Bonjour, votre parcours nous intéresse. Avez-vous le permis B et accepteriez-vous des visites à domicile dans le nord du département ?"),
        candidate("Bonjour, oui aux deux questions. J’ai déjà travaillé sur ce secteur pendant mon stage de troisième année."),
        recruiter("Merci. Nous revenons vers vous avant la fin de la semaine prochaine, avec une date.", 0, 4),
    )),
    Conversation("interview", (
        recruiter("Bonjour, pouvez-vous nous transmettre la copie de votre diplôme avant l’entretien du 12 ?"),
        candidate("Bonjour, je l’apporterai en main propre avec l’original. L’école m’a confirmé l’envoi d’un duplicata.", 1, 1),
        recruiter("Très bien. L’entretien aura lieu avec la directrice et un représentant des personnes accompagnées.", 0, 2),
    )),
    Conversation("received", (
        candidate("Bonjour, j’ai oublié de préciser dans ma lettre que je suis disponible dès maintenant, mon contrat s’étant terminé vendredi.", 0, 20),
    )),
    Conversation("read", (
        recruiter("Bonjour, nous accusons bonne réception de votre candidature. Le jury se réunira le mois prochain ; vous serez informé de la suite dans tous les cas."),
        candidate("Merci pour cette précision, bonne continuation à vous."),
    )),
    Conversation("refused", (
        recruiter("Bonjour, après réflexion, nous ne donnerons pas suite : le poste demande des nuits que vous nous dites ne pas pouvoir assurer. Nous comprenons vos contraintes et vous souhaitons de trouver vite."),
        candidate("Bonjour, merci pour votre franchise. Si un poste de jour se libère, je suis preneuse."),
        recruiter("Nous y penserons. Créez une alerte sur notre page, nous publions deux postes de jour en fin de mois.", 0, 5),
    ), "f"),
    Conversation("withdrawn", (
        recruiter("Bonjour, souhaitez-vous toujours rencontrer l’équipe ? Nous avons un créneau lundi matin."),
        candidate("Bonjour, j’ai accepté un poste plus près de chez moi vendredi. Je retire donc ma candidature, avec mes regrets et mes remerciements."),
    )),
    Conversation("hired", (
        recruiter("Bonjour, que diriez-vous d’une demi-journée d’immersion mercredi ? Elle sera indemnisée."),
        candidate("Bonjour, avec grand plaisir. Dois-je prévoir une tenue particulière ?"),
        recruiter("Des chaussures fermées et une bonne gourde, la maison est grande.", 0, 1),
        candidate("Merci encore pour mercredi. J’ai appris trois choses en une matinée. Je confirme : je veux travailler avec vous.", 4, 2),
        recruiter("Et l’équipe avec vous. Nous préparons le contrat, prise de poste le 2.", 1, 2),
    )),
    Conversation("interview", (
        recruiter("Bonjour, votre expérience correspond bien au poste. Le temps partiel à 80 % vous conviendrait-il ?"),
        candidate("Bonjour, oui, c’est même ce que je recherche pour cette année."),
        recruiter("Parfait. Entretien mardi 9 h 30 ou mercredi 16 h ?", 0, 2),
        candidate("Mercredi 16 h, merci beaucoup."),
    )),
    Conversation("shortlisted", (
        recruiter("Bonjour, la lecture de votre mémoire de fin d’études, que vous aviez joint, a donné lieu à une belle discussion ici. Pouvons-nous vous appeler demain ?"),
        candidate("Bonjour, quel honneur ! Je suis joignable entre 12 h et 14 h au numéro indiqué."),
    )),
    Conversation("read", (
        candidate("Bonjour, pourriez-vous me dire si le poste est ouvert aux contractuels ? L’annonce le laisse penser mais je préfère m’en assurer.", 2, 1),
        recruiter("Bonjour, oui, sur un contrat de trois ans renouvelable, avec accompagnement au concours.", 1, 0),
        candidate("Merci, ma candidature est donc bien maintenue."),
    )),
    Conversation("refused", (
        recruiter("Bonjour, nous avons eu plaisir à vous recevoir. L’équipe a choisi une candidate ayant une formation en communication alternative. Si vous le souhaitez, je vous rappelle pour en parler."),
        candidate("Bonjour, je veux bien vos remarques, elles m’aideront. Jeudi après-midi ?", 0, 9),
        recruiter("Je vous appelle jeudi à 15 h.", 0, 1),
    )),
    Conversation("interview", (
        recruiter("Bonjour, nous vous proposons une visite samedi matin, jour de marché, avant tout entretien. Qu’en pensez-vous ?"),
        candidate("Bonjour, l’idée me plaît beaucoup. Je viendrai avec ma curiosité et peut-être un panier."),
        recruiter("Rendez-vous à 10 h devant la grille, vous me reconnaîtrez au tablier.", 0, 3),
    )),
    Conversation("received", ()),
    Conversation("shortlisted", (
        recruiter("Bonjour, seriez-vous prête à préparer le diplôme de coordination dans les deux ans, à notre charge ?"),
        candidate("Bonjour, oui sans hésiter, c’est un projet que je portais déjà."),
    ), "f"),
    Conversation("hired", (
        recruiter("Bonjour, l’équipe a rendu un avis favorable unanime. Une arrivée au premier jour du trimestre est-elle possible ?"),
        candidate("Bonjour, quelle bonne nouvelle ! Mon préavis est de trois mois ; je demande à mon employeur de le réduire."),
        recruiter("Nous vous attendrons s’il le faut. Merci de votre confiance.", 2, 1),
        candidate("Accord obtenu pour six semaines ! À très bientôt.", 5, 4),
    )),
    Conversation("read", (
        recruiter("Bonjour, votre candidature est bien arrivée et nous plaît. Une réorganisation nous oblige à décaler les entretiens de deux semaines, nous en sommes désolés."),
        candidate("Bonjour, merci de m’avoir prévenu, je patienterai sans difficulté."),
    ), "m"),
    Conversation("interview", (
        recruiter("Bonjour, le logement temporaire dont nous avons parlé est disponible à partir du 15. Souhaitez-vous que nous vous envoyions des photos avant l’entretien à distance ?"),
        candidate("Bonjour, oui, avec plaisir. Je viendrais avec mon conjoint et notre fille de deux ans ; une place en crèche serait-elle possible ?"),
        recruiter("Nous avons posé la question à la directrice de la crèche voisine, réponse lundi. L’entretien est fixé mardi à 8 h.", 1, 2),
        candidate("Merci infiniment pour cette attention. À mardi."),
    )),
)  # fmt: skip
