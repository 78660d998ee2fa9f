"""Settings: where they are read from, and the error for a wrong one."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings, variable

EXAMPLE = Path(__file__).parent.parent / ".env.example"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's `.env` and variables out of the tests."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)


def test_the_defaults_need_nothing() -> None:
    settings = read_settings()
    assert settings.knowledge == Path("knowledge")
    assert settings.seeds_folder == Path("seeds")
    assert settings.token() is None


def test_the_environment_goes_over_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("ONRECORD_KNOWLEDGE=from-file\nONRECORD_OWNERS=1, 2\n")
    monkeypatch.setenv("ONRECORD_KNOWLEDGE", "from-environment")
    settings = read_settings()
    assert settings.knowledge == Path("from-environment")
    assert settings.owners == {1, 2}


@pytest.mark.parametrize("name", ["CACHE", "OWNERS", "ENCODER", "ONRECORD_DISCORD_TOKEN"])
def test_a_variable_of_another_program_is_not_a_setting(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "7")
    assert read_settings() == Settings(_env_file=None)
    assert read_settings().token() is None


def test_every_variable_sets_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "DISCORD_TOKEN": "token",
        "DISCORD_TOKEN_FILE": "file",
        "ONRECORD_KNOWLEDGE": "knowledge-folder",
        "ONRECORD_SEEDS": "seeds-folder",
        "ONRECORD_ARTICLES": "articles-folder",
        "ONRECORD_ENCODER": "model",
        "ONRECORD_CACHE": "cache-folder",
        "ONRECORD_DATABASE_URL": "sqlite+aiosqlite:///other.db",
        "ONRECORD_HASH_KEY": "a-secret-that-is-long-enough",
        "ONRECORD_RETENTION_DAYS": "30",
        "ONRECORD_OWNERS": "1",
        "ONRECORD_EDITOR_GUILDS": "2",
        "ONRECORD_CONTACT": "editors@example.org",
        "ONRECORD_AUTO_RELOAD": "true",
        "ONRECORD_DESK_CHANNEL": "3",
        "ONRECORD_DESK_GAP_READERS": "5",
        "ONRECORD_DESK_PORT": "8790",
        "ONRECORD_METRICS_PORT": "9000",
        "ONRECORD_METRICS_HOST": "127.0.0.2",
        "ONRECORD_QUESTIONS_AT_ONCE": "20",
        "ONRECORD_LOG_FORMAT": "json",
        "ONRECORD_SHARD_COUNT": "2",
        "ONRECORD_SHARD_IDS": "0,1",
        "ONRECORD_DISCORD_API": "http://localhost",
        "ONRECORD_DISCORD_GATEWAY": "ws://localhost",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert read_settings().model_fields_set == set(Settings.model_fields)


def test_a_token_can_be_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("  secret\n")
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(tmp_path / "token"))
    assert read_settings().token() == "secret"


def test_a_token_file_that_is_not_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN_FILE", "nowhere")
    with pytest.raises(SettingsError, match="DISCORD_TOKEN_FILE: nowhere cannot be read"):
        read_settings().token()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ONRECORD_OWNERS", "me"),
        ("ONRECORD_EDITOR_GUILDS", "12;13"),
        ("ONRECORD_DATABASE_URL", "mysql://here"),
        ("ONRECORD_SHARD_IDS", "0,1"),
        ("ONRECORD_DISCORD_API", "discord.com"),
        ("ONRECORD_DISCORD_GATEWAY", "https://discord.com"),
    ],
)
def test_a_wrong_value_is_a_sentence_with_its_key(monkeypatch: pytest.MonkeyPatch, key: str, value: str) -> None:
    monkeypatch.setenv(key, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value).startswith(f"{key}: {value!r} is not usable: ")


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_HASH_KEY", "short-secret")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "short-secret" not in str(caught.value)
    monkeypatch.setenv("ONRECORD_HASH_KEY", "a-secret-that-is-long-enough")
    assert "long-enough" not in repr(read_settings())


def test_an_empty_value_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("DISCORD_TOKEN", "ONRECORD_OWNERS", "ONRECORD_ARTICLES", "ONRECORD_HASH_KEY", "ONRECORD_DATABASE_URL"):
        monkeypatch.setenv(key, "")
    settings = read_settings()
    assert settings == Settings(_env_file=None)


def test_the_example_explains_every_setting_and_can_be_used_as_it_is(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    names = map(variable, Settings.model_fields)
    assert [name for name in names if f"\n{name}=" not in text and f"\n# {name}=" not in text] == []
    (tmp_path / ".env").write_text(text, "utf-8")
    assert read_settings() == Settings(_env_file=None)


@pytest.mark.parametrize("url", ["mysql://me:hunter22@here/there", "mysql://here/there?password=hunter22"])
def test_the_password_of_a_database_is_in_no_message(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("ONRECORD_DATABASE_URL", url)
    with pytest.raises(SettingsError, match="ONRECORD_DATABASE_URL") as caught:
        read_settings()
    assert "hunter22" not in str(caught.value)


ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "latin-1")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_env_file_in_another_encoding_is_a_sentence_without_its_secret(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".env").write_bytes("# clé\nDISCORD_TOKEN=a.secret.token\n".encode(encoding))
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value) == ".env is not UTF-8 text; save it as UTF-8."


def test_an_env_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=a.b.c\n", "utf-8-sig")
    assert read_settings().token() == "a.b.c"


@pytest.mark.parametrize("knowledge", [".", "./", "../knowledge", "..//knowledge/.", "other/.."])
def test_the_seeds_are_beside_the_knowledge_folder_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knowledge: str
) -> None:
    (tmp_path / "knowledge" / "other").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "knowledge")
    assert read_settings(knowledge=Path(knowledge)).seeds_folder.resolve() == tmp_path / "seeds"
