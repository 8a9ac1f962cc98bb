"""A synthesis that is published, and the pages that anyone reads of it."""

from traam.catalogue.publishing.syntheses import publish_synthesis


def published(here, *findings):
    synthesis = here.signed(here.synthesis(*findings))
    notice = publish_synthesis(synthesis=synthesis, now=here.now, actor=here.expert)
    synthesis.refresh_from_db()
    return synthesis, notice


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()
