"""NM112, NM121: lists whose length is told."""
