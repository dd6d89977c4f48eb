"""Addresses of objections; each part lists its own."""

urlpatterns: list = []
