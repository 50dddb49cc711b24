"""python3 -m docs.extensions: what the book is given before it is put together, for a builder that copies files first."""

from docs.extensions import player, starting

player.write_files()
starting.write_archive()
