"""What the server says: the client, its models, its errors."""

import os

# Pydantic otherwise reads the metadata of every installed package in search of plug-ins, which would also see what
# people said to the agents.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
