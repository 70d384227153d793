-- Rasa's own conversation data, apart from the business data
CREATE DATABASE rasa OWNER xiaoer;
