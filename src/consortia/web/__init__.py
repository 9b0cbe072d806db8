"""The website: people, permissions, uploads, sign-offs and background runs over the same documents."""
