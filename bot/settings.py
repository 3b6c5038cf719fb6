"""What an operator sets: the environment or `.env`, read once into one frozen object."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "WEGWEISER_"
_ROOT = Path(__file__).resolve().parent.parent


class SettingsError(Exception):
    """A setting cannot be used; the message names it and the mend."""


class Settings(BaseSettings):
    """All settings; `.env.example` explains each for the operator."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    bot_token: SecretStr = Field(SecretStr(""), description="Token from @BotFather.")
    api_url: str = Field("https://api.telegram.org", pattern=r"^https?://[^\s/]+(/\S*)?$")
    database_url: str = Field(
        "sqlite+aiosqlite:///data/wegweiser.db",
        pattern=r"^(sqlite\+aiosqlite|postgresql\+asyncpg)://",
    )
    knowledge_dir: Path = _ROOT / "knowledge"
    data_dir: Path = Path("data")
    secret_key_file: Path = Path("wegweiser.key")
    staff_chat: int | None = Field(None, description="Chat id that hears of broken knowledge.")
    log_level: str = Field("INFO", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$")
    webhook_url: str = Field("", pattern=r"^(https?://\S+)?$")
    webhook_secret: SecretStr = Field(SecretStr(""))
    listen: str = Field("127.0.0.1:8080", pattern=r"^[^\s:]+:\d{1,5}$")


def read_settings() -> Settings:
    """Return the settings; SettingsError names each bad variable and what to write."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for detail in error.errors():
            name = PREFIX + str(detail["loc"][0]).upper()
            lines.append(f"{name}: {detail['msg']}; see .env.example for a line that works")
        raise SettingsError("\n".join(lines)) from None
