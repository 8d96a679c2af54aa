"""What the portal keeps: files that people hand in or receive, personal data at rest, and sealed dossiers."""
