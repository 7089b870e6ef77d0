"""Questions in Chinese and English."""
