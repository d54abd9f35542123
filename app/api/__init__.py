"""The HTTP API for regions' own systems, beside the pages on the same address; what it offers is in docs/api.md.

Belongs here: requests and answers. Does not belong here: what happens to a delivery (`register/`), and pages: nothing
here imports Streamlit.
"""
