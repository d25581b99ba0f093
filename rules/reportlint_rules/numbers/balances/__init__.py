"""NM123: what there was, came, went and is left."""
