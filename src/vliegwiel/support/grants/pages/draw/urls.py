"""Addresses of a draw, for everybody."""

from django.urls import path

from vliegwiel.support.grants.pages.draw.page import draw_page

urlpatterns = [path("lotingen/<str:call>", draw_page, name="draw")]
