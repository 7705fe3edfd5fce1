"""Settings: flags, then `asktell.toml`, then `ASKTELL_*` variables, then defaults, in that order of strength."""

import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from pipeline.errors import AsktellError
from pipeline.text import well_formed

SETTINGS_FILE = Path("asktell.toml")
CHANNELS = {"left": 0, "right": 1}


class Settings(BaseSettings):
    """Everything a run can be told: a field for each flag of `asktell score`, and `diarizer`, which has none.

    `diarizer` is "resemblyzer", "pyannote", or the folder or hub id of a pipeline of pyannote's.
    """

    model_config = SettingsConfigDict(env_prefix="ASKTELL_", toml_file=SETTINGS_FILE, extra="forbid", frozen=True)

    db: Path = Path("asktell.duckdb")
    out: Path = Path("scorecards")
    rubric: str = "non-directive-coaching"
    asr: str = "small.en"
    diarizer: str = "resemblyzer"
    device: Literal["auto", "cpu", "cuda"] = "auto"
    vocabulary: Path | None = None
    manager: str | None = None
    rep: str | None = None
    speakers: int = Field(default=2, ge=1, le=8)
    date: datetime.date | None = None
    workers: int = Field(default=1, ge=1, le=64)
    seed: int = 0
    embed_audio: bool = False

    @property
    def manager_channel(self) -> int | None:
        """The channel `--manager left` or `right` names; None where the manager is named, or not at all."""
        return CHANNELS.get((self.manager or "").strip().casefold())

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, TomlConfigSettingsSource(settings_cls), env_settings


def load_settings(**flags: Any) -> Settings:
    """Settings with the flags that were given (those not None) on top.

    Raises AsktellError naming the setting and what is wrong with it.
    """
    try:
        given: dict[str, Any] = {name: _writable(value) for name, value in flags.items() if value is not None}
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise AsktellError(
            f"setting '{name}': {first['msg']}. Check the flags, {SETTINGS_FILE} and ASKTELL_*."
        ) from None
    except ValueError as error:  # the TOML parser's own error
        raise AsktellError(f"{SETTINGS_FILE}: {error}. Mend the file or remove it.") from None


def _writable(value: Any) -> Any:
    return well_formed(value) if isinstance(value, str) else value
