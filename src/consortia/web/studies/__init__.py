"""Studies and their returns as the site keeps them: the same documents as a study folder."""
