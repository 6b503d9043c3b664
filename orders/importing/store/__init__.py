"""How rows reach the database: read what is there, write what differs."""
