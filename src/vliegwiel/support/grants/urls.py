"""Addresses of grants; each part lists its own."""

from vliegwiel.support.grants.pages.apply.urls import urlpatterns as apply
from vliegwiel.support.grants.pages.bench.urls import urlpatterns as bench
from vliegwiel.support.grants.pages.enter.urls import urlpatterns as enter
from vliegwiel.support.grants.pages.mine.urls import urlpatterns as mine

urlpatterns = [*apply, *mine, *enter, *bench]
