"""The screen of what is asked across conversations: tables that lead to further tables, and to calls."""
