"""Circles and distances in SQL."""

from __future__ import annotations

import math

from django.db.models import BigIntegerField, Expression, F, FloatField, Value
from django.db.models.functions import Cast, Coalesce, Cos, Power, Radians, Sin

from search.engines.base import Area
from search.models.entry import ShadowQuerySet

_KM_A_DEGREE = 111.2
_DIAMETER_KM = 12_742.0
#: The haversine as a whole number, to compare and to go on from without a rounding error; beyond any is "no point".
_PARTS, NOWHERE = 10**15, 2 * 10**15


def haversine(latitude: float, longitude: float) -> Expression:
    """An expression that grows with the distance: whole, from 0 to `_PARTS`; `NOWHERE` for a row without a point."""
    half = Value(0.5, FloatField())
    north = Power(Sin(Radians((F("latitude") - Value(latitude)) * half)), 2)
    east = Power(Sin(Radians((F("longitude") - Value(longitude)) * half)), 2)
    narrow = Value(math.cos(math.radians(latitude)), FloatField()) * Cos(Radians(F("latitude")))
    whole = Cast((north + narrow * east) * Value(float(_PARTS)), BigIntegerField())
    return Coalesce(whole, Value(NOWHERE), output_field=BigIntegerField())


def within(rows: ShadowQuerySet, area: Area | None) -> ShadowQuerySet:
    """The rows in an area: a box cut by index, then the exact circle; or a department or region."""
    if area is None:
        return rows
    if area.is_circle:
        latitude, longitude = area.latitude or 0.0, area.longitude or 0.0
        tall = area.radius_km / _KM_A_DEGREE + 0.01
        wide = tall / max(0.05, math.cos(math.radians(latitude)))
        edge = round(math.sin(area.radius_km / _DIAMETER_KM) ** 2 * _PARTS)
        near = rows.near(latitude, longitude, tall, wide)
        return near.alias(half_chord=haversine(latitude, longitude)).filter(half_chord__lte=edge)
    if area.department:
        return rows.choosing("department", (area.department,))
    return rows.choosing("region", (area.region,)) if area.region else rows
