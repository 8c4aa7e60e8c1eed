"""Django REST framework with django-rest-knox, and with djangorestframework-api-key; both keep tokens in PostgreSQL.

`python peer.py fill` makes tables and tokens; gunicorn serves `peer:application`. The environment has PEER_DATABASE, the URL of
an empty PostgreSQL, and PEER_SAMPLE, where the tokens of each are written to, with the peer's name at the end.
"""

import os
import sys
from urllib.parse import urlsplit

import django
from django.conf import settings

TOKENS = 2_000

url = urlsplit(os.environ["PEER_DATABASE"])
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.removeprefix("/"),
            "USER": url.username,
            "HOST": url.hostname,
            "PORT": url.port,
            # Connections are kept, as in production.
            "CONN_MAX_AGE": None,
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "rest_framework",
        "knox",
        "rest_framework_api_key",
    ],
    REST_FRAMEWORK={"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]},
    ROOT_URLCONF="peer",
    SECRET_KEY="of no value, for what is measured needs none",
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402
from knox.auth import TokenAuthentication  # noqa: E402
from rest_framework.permissions import IsAuthenticated  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402
from rest_framework_api_key.permissions import HasAPIKey  # noqa: E402


class Knox(APIView):
    authentication_classes = [TokenAuthentication]
    permission_classes = [IsAuthenticated]

    def get(self, request):
        return Response({"user": request.user.username, "expires_at": request.auth.expiry})


class Keyed(APIView):
    authentication_classes = []
    permission_classes = [HasAPIKey]

    def get(self, request):
        return Response({"state": "active"})


urlpatterns = [path("knox", Knox.as_view()), path("api-key", Keyed.as_view())]


def fill():
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from knox.models import AuthToken
    from rest_framework_api_key.models import APIKey

    call_command("migrate", verbosity=0)
    user = User.objects.create_user("ada")
    write("django-rest-knox", (AuthToken.objects.create(user=user)[1] for _ in range(TOKENS)))
    write("djangorestframework-api-key", (APIKey.objects.create_key(name=f"Program {number}")[1] for number in range(TOKENS)))


def write(name, tokens):
    with open(f"{os.environ['PEER_SAMPLE']}-{name}", "w", encoding="ascii") as file:
        file.writelines(f"{token}\n" for token in tokens)


if __name__ == "__main__" and sys.argv[1:] == ["fill"]:
    fill()
else:
    application = get_wsgi_application()
