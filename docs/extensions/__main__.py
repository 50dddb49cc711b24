"""python3 -m docs.extensions: the files that the book makes for itself, for a builder that copies files first."""

from docs.extensions import player, starting

player.write_files()
starting.write_archive()
