"""Whatever a front server passes on, the admin and the API are told from the rest by the true path."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.permissions]


@pytest.mark.parametrize(
    "path", ["/gestion/reports/site-history/", "/gestion/images/", "/gestion/choose-page/"]
)
def test_a_script_name_does_not_hide_the_admin_from_its_guard(client, login, recruiter, path):
    login(client, recruiter)
    assert client.get(path).status_code == 404
    assert client.get(path, SCRIPT_NAME="/x").status_code == 404
