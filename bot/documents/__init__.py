"""What people take away: the plan and its notice as pages and files. Imports services and below."""
