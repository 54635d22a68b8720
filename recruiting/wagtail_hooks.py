"""The office's lists of recruiting."""

from wagtail_modeladmin.options import modeladmin_register

from .office import Recruitment

modeladmin_register(Recruitment)
