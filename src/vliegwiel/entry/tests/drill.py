"""The two halves of the drill, each a process of its own: `make` builds a small installation, `look` says what is in one."""

import json
import sys


def make() -> None:
    """The made-up province with its people, a letter, a paper, and a seal on the trail."""
    from django.conf import settings

    from vliegwiel.entry import demo, serve
    from vliegwiel.foundation.papers.actions.issue_letter import issue_letter
    from vliegwiel.foundation.papers.actions.receive_paper import receive
    from vliegwiel.foundation.papers.tests.given import FILE, PROVINCE, a_grant, an_upload
    from vliegwiel.foundation.people.demo import build
    from vliegwiel.foundation.trail.actions.seal_entries import seal_entries
    from vliegwiel.kernel.actor import Actor

    settings.VLIEGWIEL_DEMO, settings.VLIEGWIEL_PROVINCE = True, "PV99"
    serve.ensure_database()
    demo._build_made_up()
    build("PV99")
    actor = Actor.system("cli")
    issue_letter(actor=actor, province=PROVINCE, about=FILE, draft=a_grant(), on_paper=True)
    receive(actor=actor, province=PROVINCE, about=FILE, kind="begroting", upload=an_upload())
    seal_entries()


def look() -> None:
    """Print what a visitor and an officer would find, as JSON."""
    from django.apps import apps
    from django.conf import settings
    from django.test import Client

    from vliegwiel.foundation.papers import storage
    from vliegwiel.foundation.papers.models import Letter, Paper
    from vliegwiel.foundation.trail.queries import verify

    settings.ALLOWED_HOSTS = ["*"]
    settings.PAGE_CACHE_MEGABYTES = 0
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    found = verify()
    client = Client()
    print(
        json.dumps(
            {
                "broken": found.broken,
                "entries": found.entries,
                "last_seal": found.last_hash,
                "letters": [storage.digest_of(storage.fetch(letter.sha256)) for letter in Letter.objects.order_by("pk")],
                "papers": [storage.digest_of(storage.fetch(paper.sha256)) for paper in Paper.objects.order_by("pk")],
                "people": sorted(apps.get_model("people", "Person").objects.values_list("email", "public_id")),
                "figures": client.get("/gebieden/GM9900/cijfers.csv").content.decode(),
                "map": client.get("/kaart/cijfers.json").json(),
                "page": client.get("/gebieden/GM9900").status_code,
            }
        )
    )


if __name__ == "__main__":
    import django

    django.setup()
    {"make": make, "look": look}[sys.argv[1]]()
