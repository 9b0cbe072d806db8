"""A small ledger that the tests of the site share. 120,000.00 + 3,000.50 + 80,000.00 - 65,000.25 + 9,000.01."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from .people import BURNLEY

LEDGER = """Date,Cost Centre Code,Cost Centre,Account Code,Account,Supplier,Amount
01/04/2024,0101,Street cleansing,1001,Staff Salaries,,120000.00
15/05/2024,0101,Street cleansing,4001,Clothing & Uniforms,Workwear Ltd,3000.50
01/06/2024,0102,Building control,1001,Staff Salaries,,80000.00
01/07/2024,0102,Building control,9001,"Charges, Fees & Income",,-65000.25
02/02/2025,0103,Zxq,4003,Energy Costs,Power plc,9000.01
,,,,,Total,147000.26
"""
TOTAL = "147,000.26"


def address(name: str, *more: Any, partner: str = BURNLEY) -> str:
    """The address of a page of a return of the study that the tests share."""
    return reverse(name, args=["pennine", partner, *more])


def send_ledger(client: Any, text: str = LEDGER, *, name: str = "april.csv") -> Any:
    """Sends a ledger file; the answer is the page that follows."""
    return client.post(address("ledger"), {"file": SimpleUploadedFile(name, text.encode())}, follow=True)


def confirm(client: Any, response: Any, **changes: str) -> Any:
    """Confirms the columns as they are proposed on the page, but for the changes; gives the page that follows."""
    return client.post(response.request["PATH_INFO"], chosen_on(response.content.decode()) | changes, follow=True)


def chosen_on(text: str) -> dict[str, str]:
    """What stands chosen in each list of a page, by the name of the field."""
    lists = re.findall(r'<select name="([^"]+)".*?</select>', text, re.DOTALL)
    bodies = re.findall(r'<select name="[^"]+"(.*?)</select>', text, re.DOTALL)
    found = (re.search(r'value="([^"]*)" selected', body) for body in bodies)
    return {name: one[1] if one else "" for name, one in zip(lists, found, strict=True)}


def columns_of(response: Any) -> dict[str, str]:
    """The field of each column on the page, by its heading."""
    labels = re.findall(r'<label for="id_(column_\d+)">([^<]+)</label>', response.content.decode())
    return {heading: field for field, heading in labels}
