"""Questions and the replies to them, in chat and by `/ask`, up to the correction of a reply already sent."""
