"""A synthesis as its writers see it: each section with its passages, each passage with its form."""

from dataclasses import dataclass

from traam.syntheses.forms.writing import BlockForm, HeadForm
from traam.syntheses.models import Block, Finding, Synthesis
from traam.syntheses.queries.contents import blocks_of
from traam.syntheses.rules.skeleton import Section, skeleton
from traam.syntheses.screens.reading import SynthesisPage


@dataclass(frozen=True, slots=True)
class Written:
    """A passage and its form."""

    block: Block
    form: BlockForm


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A section, its passages, and the form of the one to add."""

    section: Section
    passages: list[Written]
    empty: BlockForm


class EditPage:
    """Everything that the editor shows."""

    def __init__(self, page: SynthesisPage) -> None:
        self.page = page
        self.synthesis = page.synthesis
        self.findings = self.of_findings(page.synthesis)
        blocks = blocks_of(page.synthesis)
        self.parts = [self._part(one, blocks) for one in skeleton(page.synthesis.kind)]

    @staticmethod
    def of_findings(synthesis: Synthesis) -> list[Finding]:
        """The standing findings of its group, which its passages may state."""
        rows = Finding.objects.standing().filter(group=synthesis.group_id)
        return list(rows.order_by("kind", "created_at", "pk"))

    @property
    def head(self) -> HeadForm:
        """The title and the summary, with what they are now."""
        one = self.synthesis
        return HeadForm(
            initial={
                "title": one.title,
                "summary": one.summary,
                "base_title": one.title,
                "base_summary": one.summary,
            }
        )

    def _part(self, section: Section, blocks: list[Block]) -> WrittenPart:
        mine = [one for one in blocks if one.section == section.key]
        return WrittenPart(
            section,
            [Written(one, self._form(one, section)) for one in mine],
            BlockForm(
                findings=self.findings,
                is_marked=section.is_marked,
                auto_id=f"nouveau-{section.key}-%s",
            ),
        )

    def _form(self, block: Block, section: Section) -> BlockForm:
        return BlockForm(
            initial={
                "text": block.text,
                "mark": block.mark,
                "finding": block.finding_id,
                "base": block.version,
            },
            findings=self.findings,
            is_marked=section.is_marked,
            auto_id=f"passage-{block.pk}-%s",
        )
