"""The book: pages, and the Markdown extensions that build them."""
