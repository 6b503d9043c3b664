"""Act: commands move the stack of tasks, skills run, replies are collected."""
