"""Addresses of grants; each part lists its own."""

from vliegwiel.support.grants.pages.apply.urls import urlpatterns as apply
from vliegwiel.support.grants.pages.bench.urls import urlpatterns as bench
from vliegwiel.support.grants.pages.dossier.urls import urlpatterns as dossier
from vliegwiel.support.grants.pages.draw.urls import urlpatterns as draw
from vliegwiel.support.grants.pages.enter.urls import urlpatterns as enter
from vliegwiel.support.grants.pages.inbox.urls import urlpatterns as inbox
from vliegwiel.support.grants.pages.mine.urls import urlpatterns as mine
from vliegwiel.support.grants.pages.runs.urls import urlpatterns as runs
from vliegwiel.support.grants.pages.score.urls import urlpatterns as score

urlpatterns = [*apply, *mine, *enter, *bench, *inbox, *dossier, *draw, *score, *runs]
