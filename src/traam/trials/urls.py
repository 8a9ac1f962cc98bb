"""The addresses of trials, observations and cross-tests."""

from django.urls import URLPattern, path

from traam.trials.views import agreements, cross_tests, observations, observing, trials

OBSERVATIONS: list[URLPattern] = [
    path("essais/observer/", observing.observe, name="observe"),
    path("essais/observer/envoyer/", observing.observe_send, name="observe_send"),
    path("essais/observer/hors-ligne.js", observing.observe_worker, name="observe_worker"),
    path("essais/observations/relecture/", observations.proofreading, name="proofreading"),
    path("essais/observations/<int:key>/", observations.observation, name="observation"),
    path(
        "essais/observations/<int:key>/corriger/",
        observations.observation_correct,
        name="observation_correct",
    ),
    path(
        "essais/observations/<int:key>/relire/",
        observations.observation_proofread,
        name="observation_proofread",
    ),
    path(
        "essais/observations/<int:key>/images/",
        observations.observation_pictures,
        name="observation_pictures",
    ),
    path(
        "essais/observations/<int:key>/images/<int:picture>/",
        observations.observation_picture,
        name="observation_picture",
    ),
    path(
        "essais/observations/<int:key>/actes/<slug:act>/",
        observations.observation_act,
        name="observation_act",
    ),
]
AGREEMENTS: list[URLPattern] = [
    path("essais/accords/<int:key>/", agreements.agreement, name="agreement"),
]
TRIALS: list[URLPattern] = [
    path("essais/", trials.trials, name="trials"),
    path("essais/tous/", trials.trials_list, name="trials_list"),
    path("essais/nouveau/", trials.trial_begin, name="trial_begin"),
    path("essais/<slug:code>/", trials.trial, name="trial"),
    path("essais/<slug:code>/protocole/", trials.trial_protocol, name="trial_protocol"),
    path("essais/<slug:code>/seances/", trials.trial_sessions, name="trial_sessions"),
    path("essais/<slug:code>/seances/<int:key>/", trials.trial_session, name="trial_session"),
    path("essais/<slug:code>/accord/", agreements.trial_agreement, name="trial_agreement"),
    path(
        "essais/<slug:code>/accord/<int:key>/reprendre/",
        agreements.trial_agreement_take_back,
        name="trial_agreement_take_back",
    ),
    path("essais/<slug:code>/observer/", observing.trial_observe, name="trial_observe"),
    path("essais/<slug:code>/cloture/", trials.trial_close, name="trial_close"),
    path("essais/<slug:code>/abandon/", trials.trial_abandon, name="trial_abandon"),
    path("essais/<slug:code>/reouverture/", trials.trial_reopen, name="trial_reopen"),
    path("essais/<slug:code>/parents.<slug:form>", trials.trial_parents, name="trial_parents"),
]
CROSSING: list[URLPattern] = [
    path("essais/croises/demandes/<int:key>/", cross_tests.cross_test, name="cross_test"),
    path(
        "essais/croises/demandes/<int:key>/accepter/",
        cross_tests.cross_test_accept,
        name="cross_test_accept",
    ),
    path(
        "essais/croises/demandes/<int:key>/confier/",
        cross_tests.cross_test_entrust,
        name="cross_test_entrust",
    ),
    path(
        "essais/croises/demandes/<int:key>/<slug:act>/",
        cross_tests.cross_test_act,
        name="cross_test_act",
    ),
    path("essais/croises/demander/<slug:code>/", cross_tests.cross_test_ask, name="cross_test_ask"),
    path("essais/croises/<slug:code>/", cross_tests.cross_tests, name="cross_tests"),
    path("essais/croises/<slug:code>/plan/", cross_tests.cross_test_plan, name="cross_test_plan"),
    path(
        "essais/croises/<slug:code>/plan/adopter/",
        cross_tests.cross_test_adopt,
        name="cross_test_adopt",
    ),
]
# Fixed words come before `essais/<slug:code>/`, which takes any of them for a trial's code.
urlpatterns: list[URLPattern] = [*CROSSING, *OBSERVATIONS, *AGREEMENTS, *TRIALS]
