"""`xiaoer demo`: a believable month of a made-up city; imported by the command line only."""
