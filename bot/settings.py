"""Settings from the environment, else from `.env`, else defaults; `.env.example` explains each."""

from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import StartError

ENV_PREFIX = "ONRECORD_"
ENV_FILE = ".env"

LogFormat = Literal["auto", "text", "json"]
Ids = Annotated[frozenset[int], NoDecode]  # written as ids separated by commas


class SettingsError(StartError):
    """Settings that cannot be used; the text has one sentence each, with the variable and, unless secret, its value."""


class Settings(BaseSettings):
    """Everything an admin can set; a field is read from the prefixed variable of that name, unless it has an alias."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_file=ENV_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    discord_token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    discord_token_file: Path | None = Field(None, validation_alias="DISCORD_TOKEN_FILE")
    knowledge: Path = Path("knowledge")
    seeds: Path | None = None
    articles: Path | None = None
    encoder: str | None = None
    cache: Path | None = None
    database_url: str = Field("sqlite+aiosqlite:///onrecord.db", pattern=r"^(sqlite\+aiosqlite|postgresql\+asyncpg)://")
    hash_key: SecretStr | None = Field(None, min_length=16)
    retention_days: int = Field(90, ge=0, le=36_500)
    owners: Ids = frozenset()
    editor_guilds: Ids = frozenset()
    contact: str | None = Field(None, max_length=300)
    auto_reload: bool = False
    desk_channel: int | None = Field(None, ge=1)
    desk_gap_readers: int = Field(3, ge=1)
    desk_port: int | None = Field(None, ge=1024, le=65_535)
    metrics_port: int | None = Field(None, ge=1024, le=65_535)
    metrics_host: str = "127.0.0.1"
    questions_at_once: int = Field(50, ge=1)  # a second's work of a slow machine
    log_format: LogFormat = "auto"
    shard_count: int | None = Field(None, ge=1)
    shard_ids: Ids = frozenset()
    discord_api: str | None = Field(None, pattern=r"^https?://")
    discord_gateway: str | None = Field(None, pattern=r"^wss?://")

    @field_validator("owners", "editor_guilds", "shard_ids", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isdecimal() for part in parts):
            raise ValueError("ids are numbers separated by commas")
        return frozenset(map(int, parts))

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_unset(cls, value: Any, info: Any) -> Any:
        """Treat an empty value, as in a copied `.env.example`, as if the variable were not set."""
        return cls.model_fields[info.field_name].default if value == "" else value

    @field_validator("shard_ids")
    @classmethod
    def _shards_exist(cls, value: frozenset[int], info: ValidationInfo) -> frozenset[int]:
        if value and max(value) >= (info.data.get("shard_count") or 0):
            raise ValueError("each id is less than the number of shards, which must be set too")
        return value

    @property
    def seeds_folder(self) -> Path:
        """The folder of the articles' records: beside the knowledge folder unless set."""
        has_name = self.knowledge.name not in {"", ".."}  # the parent of `.` is `.` to pathlib
        return self.seeds or (self.knowledge if has_name else self.knowledge.resolve()).parent / "seeds"

    @property
    def cache_folder(self) -> Path:
        """The folder of files that can be rebuilt: the platform's cache folder unless set."""
        return self.cache or user_cache_path("onrecord")

    @property
    def secret_key(self) -> str | None:
        """The key that user ids are hashed with, if it is set."""
        return self.hash_key.get_secret_value() if self.hash_key else None

    def token(self) -> str | None:
        """Return the bot's token, from the variable or the file; raise SettingsError if the file cannot be read."""
        if self.discord_token:
            return self.discord_token.get_secret_value()
        if self.discord_token_file is None:
            return None
        try:
            return self.discord_token_file.read_text("utf-8").strip() or None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"DISCORD_TOKEN_FILE: {self.discord_token_file} cannot be read: {error}") from error


def variable(field: str) -> str:
    """Return the name of the environment variable of a field."""
    return str(Settings.model_fields[field].validation_alias or f"{ENV_PREFIX}{field.upper()}")


def read_settings(**overrides: Any) -> Settings:
    """Read the settings; raise SettingsError with one sentence for each variable that cannot be used."""
    _refuse_other_encodings(Path(ENV_FILE))
    try:
        return Settings(**{field: value for field, value in overrides.items() if value is not None})
    except ValidationError as error:
        sentences = [_sentence(row) for row in error.errors(include_url=False)]
        raise SettingsError("\n".join(sentences)) from error


def _refuse_other_encodings(path: Path) -> None:
    """Raise SettingsError if a file is there that is not UTF-8 text, such as what PowerShell's `>` writes."""
    try:
        is_text = "\0" not in path.read_bytes().decode()
    except FileNotFoundError:
        return
    except UnicodeDecodeError:  # its message holds the bytes, and they may be the token
        is_text = False
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    if not is_text:
        raise SettingsError(f"{path} is not UTF-8 text; save it as UTF-8.")


def _sentence(row: Any) -> str:
    """Say which variable is wrong, its value (unless it is a secret, or may contain one), and why."""
    field = str(row["loc"][0])
    name = variable(field) if field in Settings.model_fields else field  # pydantic names an aliased field by its alias
    after_scheme = str(row["input"]).rpartition("://")[2] if "URL" in name else ""
    is_secret = any(part in name for part in ("TOKEN", "KEY")) or bool(set("@?:") & set(after_scheme))
    value = "(hidden)" if is_secret else repr(row["input"])
    return f"{name}: {value} is not usable: {row['msg'].removeprefix('Value error, ').lower()}."
