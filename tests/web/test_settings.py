"""Settings: safe without any environment, and every choice of a site by environment."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from consortia.web.data_folder import KEY_FILE, prepare, secret_key
from consortia.web.database import database


def _in_python(code: str, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CONSORTIA_", "DJANGO_"))}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=clean | environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_settings_come_without_any_environment_and_write_nothing(tmp_path: Path) -> None:
    code = f"import os; os.chdir({str(tmp_path)!r}); from consortia.web import settings; print(settings.DEBUG)"
    assert _in_python(code) == "False"
    assert list(tmp_path.iterdir()) == []


def test_behind_tls_cookies_and_redirects_are_for_https() -> None:
    names = "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"
    code = f"from consortia.web import settings; print([getattr(settings, name) for name in {names}])"
    assert _in_python(code, CONSORTIA_TLS="1") == "[True, True, True]"


def test_further_hosts_come_from_the_environment() -> None:
    code = "from consortia.web import settings as s; print(s.ALLOWED_HOSTS)"
    assert "site.example" in _in_python(code, CONSORTIA_HOSTS="site.example, other.example")


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    prepare(tmp_path / "site")
    first = secret_key(tmp_path / "site")
    prepare(tmp_path / "site")
    assert secret_key(tmp_path / "site") == first
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "site" / KEY_FILE).stat().st_mode) == 0o600


def test_a_key_in_the_environment_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(tmp_path)
    monkeypatch.setenv("CONSORTIA_SECRET_KEY", "ours")
    assert secret_key(tmp_path) == "ours"


def test_sqlite_is_the_default(tmp_path: Path) -> None:
    chosen = database("", tmp_path)
    assert chosen["ENGINE"].endswith("sqlite3")
    assert "journal_mode=WAL" in chosen["OPTIONS"]["init_command"]
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert chosen["CONN_MAX_AGE"] is None


def test_postgresql_is_chosen_by_its_address(tmp_path: Path) -> None:
    chosen = database("postgresql://us%40er:p%2Fw@db.example:5433/con%20s?sslmode=require", tmp_path)
    wanted = {"NAME": "con s", "USER": "us@er", "PASSWORD": "p/w", "HOST": "db.example", "PORT": "5433"}
    assert {key: chosen[key] for key in wanted} == wanted
    assert chosen["OPTIONS"] == {"sslmode": "require"}


def test_postgresql_by_a_socket(tmp_path: Path) -> None:
    assert database("postgresql:///consortia?host=/run/postgresql", tmp_path)["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("address", ["mysql://host/name", "postgresql://host", "consortia.db"])
def test_any_other_database_is_refused_with_a_sentence(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="CONSORTIA_DATABASE must read"):
        database(address, tmp_path)


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_django_finds_nothing_wrong() -> None:
    call_command("check", fail_level="WARNING")
