"""The addresses of the learning pages."""

from starlette.routing import BaseRoute, Route

from bot.desk import learning, learning_lessons, learning_models
from bot.desk.context import Desk
from bot.desk.guard import fetch, form, page


def learning_routes(desk: Desk) -> list[BaseRoute]:
    """Return the routes under `/desk/learning`."""
    message, lesson = "/learning/messages/{message:int}", "/learning/lessons/{lesson:int}"
    models = "/learning/models"
    comparison = f"{models}/comparisons/{{job:int}}"
    return [
        Route("/learning", page(desk, learning.show), methods=["GET"]),
        Route(message, page(desk, learning.show_group), methods=["GET"]),
        Route(message, form(desk, learning.assign), methods=["POST"]),
        Route(lesson, page(desk, learning_lessons.show), methods=["GET"]),
        Route(f"{lesson}/{{move}}", form(desk, learning_lessons.move), methods=["POST"]),
        Route(models, page(desk, learning_models.show), methods=["GET"]),
        Route("/api/learning/jobs", fetch(desk, learning_models.show_jobs), methods=["GET"]),
        Route(comparison, page(desk, learning_models.show_comparison), methods=["GET"]),
        Route(f"{models}/{{move}}", form(desk, learning_models.move), methods=["POST"]),
    ]
