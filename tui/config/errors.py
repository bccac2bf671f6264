"""What can be wrong with what the program was told; each says the fix, and none shows a secret.

    ConfigError
    ├── UsageError            flags that do not exist or do not go together
    ├── ConfigFileError       a config file that cannot be read or understood
    ├── UnknownProfile        no such profile in the config file
    ├── MissingSetting        something needed is not set anywhere
    ├── BadSetting            a value that cannot be right
    ├── ConflictingSettings   two settings that exclude each other
    └── TokenUnavailable      the place that should hold the token does not give one

The texts may quote what the file or a command said, uncleaned: whoever prints them cleans them.
"""

from tui.errors import ClarifeyeError


class ConfigError(ClarifeyeError):
    """What the program was told is missing, wrong or contradictory."""


class UsageError(ConfigError):
    """Flags that do not exist or do not go together."""


class ConfigFileError(ConfigError):
    """A config file that cannot be read or understood."""


class UnknownProfile(ConfigError):
    """There is no profile of that name."""


class MissingSetting(ConfigError):
    """Something needed is not set anywhere."""


class BadSetting(ConfigError):
    """A value that cannot be right."""


class ConflictingSettings(ConfigError):
    """Two settings that exclude each other."""


class TokenUnavailable(ConfigError):
    """The file or command that should give the token does not."""
