"""People's work: tickets, who owns a talk, what agents say."""
