"""How static files are stored: compressed, under names that say their contents."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """The same, where a module of JavaScript finds those that it imports under their new names."""

    support_js_module_import_aggregation = True
