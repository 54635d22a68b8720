from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from ashjob.schedule import SCHEDULE, Line


def enqueue(line: Line) -> None:
    """Enqueue in a connection that is still alive, and leave none behind."""
    close_old_connections()
    try:
        line.enqueue()
    finally:
        close_old_connections()


class Command(BaseCommand):
    help = "Enqueues the tasks of ashjob/schedule.py when their time has come. Run exactly one."

    def handle(self, *args, **options):
        scheduler = BlockingScheduler(timezone=settings.TIME_ZONE)
        for line in SCHEDULE:
            scheduler.add_job(
                enqueue,
                CronTrigger(timezone=settings.TIME_ZONE, **line.when),
                args=[line],
                id=line.task,
                coalesce=True,
                misfire_grace_time=300,
            )
        self.stdout.write(f"Schedule: {len(SCHEDULE)} tasks.")
        try:
            scheduler.start()
        except (KeyboardInterrupt, SystemExit):
            self.stdout.write("Schedule stopped.")
