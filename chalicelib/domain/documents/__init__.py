"""Documents that are made once and kept: monthly reports, a week's summary for companies; and their sheets."""
