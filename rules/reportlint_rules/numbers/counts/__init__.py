"""NM101: what was done of what there was."""
