"""CBS StatLine over the internet: asking, paging and waiting. What the answers say is in `expectations/open_data/`."""
