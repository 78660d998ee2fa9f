"""Questions in chat and by `/ask`, the replies to them, and the correction of replies already sent."""
