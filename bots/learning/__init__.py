"""Learning from staff: what they say messages meant makes a better understanding."""
