"""The pages, one file each; `app/main.py` lists them. A page reads, arranges and shows, and calculates nothing."""
