"""The application behind 小二: everything but the Rasa-SDK skin. Importing it never imports Rasa."""
