"""What helps initiatives on: schemes, applications, the municipality's answer."""
