"""The page about the API explains every question that can be asked."""

import pytest
from django.test import Client

from vliegwiel.entry.api import FEATURES, SERVICE
from vliegwiel.foundation.api.services import Service


@pytest.mark.django_db
@pytest.mark.parametrize("service", [SERVICE, FEATURES], ids=lambda service: service.root)
def test_every_question_is_explained_with_its_parameters(service: Service, settings: object) -> None:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    text = Client().get("/data/api").content.decode()
    for operation in service.operations:
        assert not operation.public or f"GET {service.root}{operation.address}<" in text
        assert all(f"<code>{parameter.name}</code>" in text for parameter in operation.parameters)
