"""Addresses of the work on deliveries of figures."""

from django.urls import path

from vliegwiel.see.figures.pages.deliveries.page import deliveries_page, file_received
from vliegwiel.see.figures.pages.file.page import file_described, file_discarded, file_loaded, file_page
from vliegwiel.see.figures.pages.release.page import release_page, withdrawal_confirmed, withdrawal_dropped, withdrawal_proposed

urlpatterns = [
    path("beheer/cijfers", deliveries_page, name="deliveries"),
    path("beheer/cijfers/nieuw", file_received, name="file_received"),
    path("beheer/cijfers/nieuw/<str:file>", file_page, name="received_file"),
    path("beheer/cijfers/nieuw/<str:file>/gegevens", file_described, name="file_described"),
    path("beheer/cijfers/nieuw/<str:file>/laden", file_loaded, name="file_loaded"),
    path("beheer/cijfers/nieuw/<str:file>/weg", file_discarded, name="file_discarded"),
    path("beheer/cijfers/leveringen/<str:release>", release_page, name="release"),
    path("beheer/cijfers/leveringen/<str:release>/intrekken", withdrawal_proposed, name="withdrawal_proposed"),
    path("beheer/cijfers/leveringen/<str:release>/intrekken/bevestigen", withdrawal_confirmed, name="withdrawal_confirmed"),
    path("beheer/cijfers/leveringen/<str:release>/intrekken/terug", withdrawal_dropped, name="withdrawal_dropped"),
]
