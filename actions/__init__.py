"""The Rasa-SDK skin: one thin class a step, which calls one use case. Rasa's action server imports every module here."""
