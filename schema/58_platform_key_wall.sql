-- What takes keys back after a change of email was undone names each cooperative, so nothing looks for keys by their
-- maker alone any more: a key stands behind the wall like everything else of its cooperative.
-- contract: 0.1.0 was the last release before both came; no release has used them.

drop policy own_read on platform.api_key;
drop policy own_write on platform.api_key;
