"""Use cases on what a township edits: tables and areas."""
