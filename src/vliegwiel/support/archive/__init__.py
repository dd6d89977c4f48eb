"""What is kept, for how long, and how it is destroyed or handed over in its time (*bewaren en vernietigen*)."""
