"""Who is named where and what an anaphor, a clause or a page is about."""
