"""Addresses of objections; each part lists its own."""

from vliegwiel.support.objections.pages.counts.urls import urlpatterns as counts
from vliegwiel.support.objections.pages.mine.urls import urlpatterns as mine
from vliegwiel.support.objections.pages.work.urls import urlpatterns as work

urlpatterns = [*mine, *work, *counts]
