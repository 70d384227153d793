"""How the running processes are watched: metrics, traces, one id in all logs; imports no layer."""
