"""The root of the one error tree; `config.errors` and `api.errors` hold its branches."""


class ClarifeyeError(Exception):
    """Something went wrong that a person should read: a title, a hint what to do, and the server's own words."""

    def __init__(self, title: str, hint: str = "", detail: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint
        self.detail = detail

    def __str__(self) -> str:
        """Title, detail and hint on one line, for logs and plain output."""
        said = f" ({self.detail})" if self.detail else ""
        return f"{self.title}{said}. {self.hint}" if self.hint else f"{self.title}{said}"
