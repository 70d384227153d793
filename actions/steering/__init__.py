"""What comes before and beside any action: danger, wishes, remarks, small talk, refusals."""
