"""The whistle: tickets, their clocks, who leads on them, and issues that many share."""
