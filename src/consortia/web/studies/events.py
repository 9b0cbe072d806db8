"""What the events of a study are called on its history page."""

from __future__ import annotations

from consortia.report.words import msgid

EVENTS = {
    "create_study": msgid("Made the study"),
    "receive_return": msgid("Sent a file for a return"),
    "refuse_return": msgid("Sent a file that cannot be read"),
    "download_workbook": msgid("Downloaded a return as a workbook"),
    "receive_ledger": msgid("Sent a ledger file"),
    "read_ledger": msgid("Read a ledger file"),
    "leave_out_ledger_file": msgid("Took the lines of a file out of the ledger"),
    "accept_mapping": msgid("Accepted suggestions for ledger codes"),
    "map_code": msgid("Mapped a ledger code"),
    "apply_mapping": msgid("Applied the mapping of a ledger to a return"),
    "discard_mapping": msgid("Went back to the mapping of a return"),
    "receive_activities": msgid("Sent a file of activities"),
    "sign": msgid("Signed a return"),
    "withdraw_signature": msgid("Took a signature back"),
    "ask": msgid("Asked about a line"),
    "reply": msgid("Replied to a query"),
    "contest": msgid("Contested a line"),
    "accept_change": msgid("Accepted a change or a contested amount"),
    "accept_finding": msgid("Accepted what a finding tells, with a reason"),
    "reverse_change": msgid("Took a change back"),
    "propose_changes": msgid("Recorded what the quality rules propose"),
    "delegate": msgid("Handed a section over"),
    "finish_section": msgid("Marked a section as done"),
    "download_upload": msgid("Downloaded a file as it was sent"),
    "export_study": msgid("Downloaded the study folder"),
    "request_run": msgid("Asked for a run"),
    "begin_run": msgid("A run began"),
    "finish_run": msgid("A run was finished"),
    "fail_run": msgid("A run failed"),
    "release_run": msgid("Released all lines of a run"),
    "release_return": msgid("Let the other partners see a return"),
    "download_paper": msgid("Downloaded a paper"),
    "agree_case": msgid("Recorded a run as the agreed case"),
    "receive_actuals": msgid("Sent a file of budgeted and delivered savings"),
    "withdraw_actuals": msgid("Withdrew a file of budgeted and delivered savings"),
}
