"""The definition of a study on the site: initiatives, projects, budget lines, assumptions, scenarios, registers."""
