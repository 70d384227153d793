from tests.catalogue_files import committed_catalogue


def test_an_entry_is_as_sure_as_its_provenance() -> None:
    catalogue = committed_catalogue()

    for entry in (catalogue.matter("biz-name"), catalogue.one_thing("ot-hotel")):
        assert entry.confidence is entry.provenance.confidence
