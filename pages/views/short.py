"""The short address of an ad: what a reader of the printed magazine can type."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from pages import showing
from pages.models import JobAd


@require_safe
def ad_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the ad's own page. One that never was public answers as one that does not exist."""
    ad: JobAd = get_object_or_404(JobAd.objects.select_related("employer__company_page"), pk=pk)
    if not showing.was_public(ad):
        raise Http404
    # The mark says to the ad's totals that its reader came from the magazine.
    return redirect(f"{ad.get_url(request)}?utm_medium=print")
