"""Files of productions become notices of the archive; files of campaigns settle what waited."""

from traam.catalogue.loading.campaigns import load_campaigns
from traam.catalogue.loading.productions import load_productions
from traam.catalogue.loading.settling import settle

__all__ = ["load_campaigns", "load_productions", "settle"]
