from apscheduler.triggers.cron import CronTrigger
from django.utils.module_loading import import_string
from django_tasks.base import Task

from ashjob.schedule import SCHEDULE


def test_every_line_names_a_task_and_a_time_that_exist():
    for line in SCHEDULE:
        assert isinstance(import_string(line.task), Task), line.task
        CronTrigger(timezone="Europe/Paris", **line.when)


def test_a_task_stands_in_the_schedule_once():
    names = [line.task for line in SCHEDULE]
    assert len(names) == len(set(names))
