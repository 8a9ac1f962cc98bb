"""The addresses of this app."""

from django.urls import URLPattern, path

from traam.campaigns.views import call, campaigns, settings, signing, texts

HERE = "preparation/campagnes"
CAMPAIGN = f"{HERE}/<slug:year>"
BRIEF = f"{CAMPAIGN}/cahier-des-charges"
THEME = "preparation/themes/<slug:code>"
ACTS = (
    ("soumettre", "submit", signing.submit),
    ("reprendre", "take_back", signing.take_back),
    ("signer", "sign", signing.sign),
    ("reprendre-signature", "unsign", signing.unsign),
    ("retirer", "withdraw", signing.withdraw),
    ("retablir", "restore", signing.restore),
)

urlpatterns: list[URLPattern] = [
    path(f"{HERE}/", campaigns.prepared_campaigns, name="prepared_campaigns"),
    path(f"{HERE}/nouvelle/", campaigns.prepare, name="campaign_prepare"),
    path(f"{CAMPAIGN}/", campaigns.prepared_campaign, name="prepared_campaign"),
    path(f"{CAMPAIGN}/calendrier/", settings.calendar, name="campaign_calendar"),
    path(f"{CAMPAIGN}/regles/", settings.rules, name="campaign_rules"),
    path(f"{CAMPAIGN}/appel/", call.call_show, name="call_show"),
    path(f"{CAMPAIGN}/appel/lettre.pdf", call.letter_draft, name="call_letter_draft"),
    path(f"{CAMPAIGN}/appel/reprendre/", campaigns.call_take_back, name="call_take_back"),
    path(f"{CAMPAIGN}/appel/rouvrir/", campaigns.call_reopen, name="call_reopen"),
    path(f"{CAMPAIGN}/clore/", campaigns.campaign_close, name="campaign_close"),
    path(f"{CAMPAIGN}/rouvrir/", campaigns.campaign_reopen, name="campaign_reopen"),
    path(f"{BRIEF}/", texts.brief_show, name="brief_show"),
    path(f"{BRIEF}/modifier/", texts.brief_edit, name="brief_edit"),
    *(path(f"{BRIEF}/{word}/", view, name=f"brief_{name}") for word, name, view in ACTS),
    path(f"{CAMPAIGN}/themes/nouveau/", texts.theme_create, name="theme_create"),
    path(f"{THEME}/", texts.theme_show, name="theme_show"),
    path(f"{THEME}/modifier/", texts.theme_edit, name="theme_edit"),
    path(f"{THEME}/personnes/", texts.theme_people, name="theme_people"),
    path(f"{THEME}/personnes/<int:key>/terminer/", texts.theme_person_end, name="theme_person_end"),
    path(f"{THEME}/adopter/", signing.adopt, name="theme_adopt"),
    path(f"{THEME}/adopter/retirer/", signing.withdraw_adoption, name="theme_withdraw_adoption"),
    *(path(f"{THEME}/{word}/", view, name=f"theme_{name}") for word, name, view in ACTS),
    path("campagnes/<slug:year>/appel.pdf", call.letter_pdf, name="call_letter"),
    path("campagnes/<slug:year>/cahier-des-charges.pdf", call.brief_pdf, name="call_brief"),
]
