"""The pages, one file each; `app/main.py` lists them. A page reads, arranges and shows, and calculates nothing.

The folder is not called `pages`: until somebody has visited the main page, Streamlit serves files in a folder of that
name by themselves, without the frame and without asking who is looking.
"""
