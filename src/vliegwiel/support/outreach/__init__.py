"""Going where nobody asked: the reach list, outreach tasks, and partners who know other people."""
