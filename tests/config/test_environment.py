"""A setting that is unknown, wrong or unsafe stops the start: named, with its cure."""

import pytest

from traam.config.environment import SECRET_MIN, SETTINGS, SettingsError, read

GOOD = {
    "TRAAM_MODE": "production",
    "TRAAM_SECRET_KEY": ("0123456789" * 5)[:SECRET_MIN],
    "TRAAM_SITE_URL": "https://traam.education.gouv.fr",
    "TRAAM_OFFICIAL_HOST": "traam.education.gouv.fr",
    "TRAAM_EMAIL_URL": "smtp://relais:25",
    "TRAAM_EMAIL_FROM": "TraAM <traam@education.gouv.fr>",
    "TRAAM_CONTACT": "traam@education.gouv.fr",
}


def problems(**environ: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(environ)
    return caught.value.problems


def test_environment_empty_gives_the_demonstration_on_this_machine() -> None:
    values = read({})

    assert values["TRAAM_MODE"] == "demonstration"
    assert values["TRAAM_LISTEN"] == "127.0.0.1"
    assert values["TRAAM_OFFICIAL_HOST"] == ()


def test_environment_complete_production_is_accepted() -> None:
    assert read(GOOD)["TRAAM_SITE_URL"] == GOOD["TRAAM_SITE_URL"]


def test_environment_other_programs_variables_are_left_alone() -> None:
    assert read({"PATH": "/bin", "DJANGO_DEBUG": "1"})["TRAAM_MODE"] == "demonstration"


def test_environment_unknown_setting_is_named_with_the_nearest() -> None:
    assert problems(TRAAM_MOD="production") == [
        "Le réglage TRAAM_MOD n’existe pas : vouliez-vous TRAAM_MODE ?"
    ]


def test_environment_unknown_setting_near_nothing_is_to_be_removed() -> None:
    assert "retirez-la" in problems(TRAAM_ZZZZZZZZZZZ="1")[0]


BAD = {
    "TRAAM_MODE": ["prod", "PRODUCTION"],
    "TRAAM_DATABASE_URL": ["mysql://h/b", "base"],
    "TRAAM_SITE_URL": ["traam.fr", "ftp://traam.fr", "https://h/chemin", "https://u@h"],
    "TRAAM_HOSTS": ["*", "https://hote", "a b"],
    "TRAAM_OFFICIAL_HOST": ["*", "https://hote"],
    "TRAAM_LISTEN": ["localhost", "127.0.0", "0.0.0.0:80"],
    "TRAAM_PORT": ["0", "65536", "http"],
    "TRAAM_PROCESSES": ["0", "65", "deux", "1.5", "²"],
    "TRAAM_PROXIES": ["-1", "6"],
    "TRAAM_EMAIL_URL": ["http://h", "h:25"],
    "TRAAM_CONTACT": ["pas une adresse", "a@b"],
    "TRAAM_NAAN": ["9999", "abcde", "999999"],
    "TRAAM_LINKS": ["non", "1", "OUI"],
    "TRAAM_CLAMAV": ["clamav", ":3310", "h:", "h:0", "h:65536", "h:x", "run/clamd", "tcp://h:3310"],
    "TRAAM_OAI_DOMAIN": ["localhost", "1.2", "-a.fr"],
    "TRAAM_LOG": ["xml"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD.items() for value in values]
)
def test_environment_wrong_value_is_named_with_what_is_accepted(name: str, value: str) -> None:
    (problem,) = problems(**{name: value})

    assert name in problem
    assert "donnez" in problem


def test_environment_every_setting_that_can_be_wrong_is_walked() -> None:
    free = {"TRAAM_DATA", "TRAAM_SECRET_KEY", "TRAAM_EMAIL_FROM"}  # any text is accepted

    assert {setting.name for setting in SETTINGS} == {*BAD, *free}


@pytest.mark.parametrize("place", ["", "clamav:3310", "[::1]:3310", "/run/clamav/clamd.ctl"])
def test_environment_takes_the_place_of_a_daemon_as_it_is_given(place: str) -> None:
    assert read({"TRAAM_CLAMAV": place})["TRAAM_CLAMAV"] == place


def test_environment_secrets_are_not_repeated() -> None:
    (problem,) = problems(TRAAM_DATABASE_URL="mysql://moi:motdepasse@h/b")

    assert "motdepasse" not in problem


@pytest.mark.parametrize("missing", sorted(set(GOOD) - {"TRAAM_MODE", "TRAAM_OFFICIAL_HOST"}))
def test_environment_production_wants_each_of_its_settings(missing: str) -> None:
    kept = {name: value for name, value in GOOD.items() if name != missing}

    assert [missing in problem for problem in problems(**kept)] == [True]


@pytest.mark.parametrize("secret", ["0123456789" * 4 + "012345678", "s" * 64, "a-remplacer"])
def test_environment_production_wants_https_and_a_long_secret(secret: str) -> None:
    faults = problems(**GOOD | {"TRAAM_SITE_URL": "http://h.fr", "TRAAM_SECRET_KEY": secret})

    assert [fault.split()[0] for fault in faults] == ["TRAAM_SECRET_KEY", "TRAAM_SITE_URL"]


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.1.2"])
def test_environment_refuses_to_listen_beyond_loopback_without_an_official_host(
    address: str,
) -> None:
    assert "TRAAM_OFFICIAL_HOST" in problems(TRAAM_LISTEN=address)[0]

    assert read({"TRAAM_LISTEN": address, "TRAAM_OFFICIAL_HOST": "traam.gouv.fr"})


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.9", "::1"])
def test_environment_listens_on_loopback_without_declaration(address: str) -> None:
    assert read({"TRAAM_LISTEN": address})["TRAAM_LISTEN"] == address


@pytest.mark.parametrize("name", ["TRAAM_HOSTS", "TRAAM_SITE_URL"])
def test_environment_refuses_a_public_host_without_an_official_one(name: str) -> None:
    value = "https://traam.example" if name == "TRAAM_SITE_URL" else "traam.example"

    assert "traam.example" in problems(**{name: value})[0]


def test_environment_says_all_faults_at_once() -> None:
    assert len(problems(TRAAM_MOD="x", TRAAM_LISTEN="x", TRAAM_NAAN="x")) == 3
