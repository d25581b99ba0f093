"""The rules of the family, imported with it."""

from reportlint_rules.structure.announced import announced_sections
from reportlint_rules.structure.attachments import missing_attachment
from reportlint_rules.structure.breaks import cut_sentence
from reportlint_rules.structure.captions import missing_caption
from reportlint_rules.structure.numbering import broken_numbering
from reportlint_rules.structure.repeats import repeated_passage
from reportlint_rules.structure.sections import empty_section, heading_stop
from reportlint_rules.structure.titles import repeated_heading
from reportlint_rules.structure.unfinished import topic_without_statement, unfinished_paragraph

RULES = (
    cut_sentence,
    broken_numbering,
    empty_section,
    missing_attachment,
    repeated_passage,
    heading_stop,
    unfinished_paragraph,
    topic_without_statement,
    announced_sections,
    missing_caption,
    repeated_heading,
)
