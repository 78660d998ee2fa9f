"""Settings from the environment, over `.env`, over the defaults; `.env.example` explains each."""

from pathlib import Path
from typing import Annotated, Any

from platformdirs import user_cache_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot import StartError

Ids = Annotated[frozenset[int], NoDecode]  # written as ids separated by commas


class SettingsError(StartError):
    """Settings that cannot be used: one sentence each, with the variable and its value."""


def _named(key: str) -> Any:
    return AliasChoices(key, key.removeprefix("ONRECORD_").lower())


class Settings(BaseSettings):
    """What can be set from outside."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    discord_token: SecretStr | None = Field(None, validation_alias=AliasChoices("DISCORD_TOKEN", "discord_token"))
    discord_token_file: Path | None = Field(
        None, validation_alias=AliasChoices("DISCORD_TOKEN_FILE", "discord_token_file")
    )
    knowledge: Path = Field(Path("knowledge"), validation_alias=_named("ONRECORD_KNOWLEDGE"))
    seeds: Path | None = Field(None, validation_alias=_named("ONRECORD_SEEDS"))
    articles: Path | None = Field(None, validation_alias=_named("ONRECORD_ARTICLES"))
    encoder: str | None = Field(None, validation_alias=_named("ONRECORD_ENCODER"))
    cache: Path | None = Field(None, validation_alias=_named("ONRECORD_CACHE"))
    database_url: str = Field(
        "sqlite+aiosqlite:///onrecord.db",
        pattern=r"^sqlite\+aiosqlite://",
        validation_alias=_named("ONRECORD_DATABASE_URL"),
    )
    hash_key: SecretStr | None = Field(None, min_length=16, validation_alias=_named("ONRECORD_HASH_KEY"))
    owners: Ids = Field(frozenset(), validation_alias=_named("ONRECORD_OWNERS"))
    editor_guilds: Ids = Field(frozenset(), validation_alias=_named("ONRECORD_EDITOR_GUILDS"))
    contact: str | None = Field(None, max_length=300, validation_alias=_named("ONRECORD_CONTACT"))
    auto_reload: bool = Field(False, validation_alias=_named("ONRECORD_AUTO_RELOAD"))
    discord_api: str | None = Field(None, pattern=r"^https?://", validation_alias=_named("ONRECORD_DISCORD_API"))
    discord_gateway: str | None = Field(None, pattern=r"^wss?://", validation_alias=_named("ONRECORD_DISCORD_GATEWAY"))

    @field_validator("owners", "editor_guilds", mode="before")
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
        """Take a key with nothing behind it, as in a copied `.env.example`, for one that is not there."""
        return cls.model_fields[info.field_name].default if value == "" else value

    @property
    def seeds_folder(self) -> Path:
        """The folder of the articles' records: beside the knowledge unless set."""
        return self.seeds or self.knowledge.parent / "seeds"

    @property
    def cache_folder(self) -> Path:
        """The folder of what can be made again: the platform's own unless set."""
        return self.cache or user_cache_path("onrecord")

    def token(self) -> str | None:
        """Return the bot's token, from the variable or the file; raise SettingsError where the file is unusable."""
        if self.discord_token:
            return self.discord_token.get_secret_value()
        if self.discord_token_file is None:
            return None
        try:
            return self.discord_token_file.read_text("utf-8").strip() or None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"DISCORD_TOKEN_FILE: {self.discord_token_file} cannot be read: {error}") from error


def read_settings(**overrides: Any) -> Settings:
    """Read the settings; raise SettingsError with a sentence a wrong key."""
    try:
        return Settings(**{key: value for key, value in overrides.items() if value is not None})
    except ValidationError as error:
        sentences = [_sentence(row) for row in error.errors(include_url=False)]
        raise SettingsError("\n".join(sentences)) from error


def _sentence(row: Any) -> str:
    """Name the key and the value, but never a secret's."""
    key = str(row["loc"][0])
    value = "(hidden)" if "TOKEN" in key or "KEY" in key else repr(row["input"])
    return f"{key}: {value} is not usable: {row['msg'].removeprefix('Value error, ').lower()}."
