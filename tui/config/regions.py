"""The regions of the service."""

REGIONS = {
    "eu": "https://eu.app.clarifeye.ai/api/v1",
    "us": "https://us.app.clarifeye.ai/api/v1",
}
"""The base URL of each region (API notes)."""
