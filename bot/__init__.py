"""The application behind 小二: all but the Rasa-SDK skin. Importing it never imports Rasa."""
