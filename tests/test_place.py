from iopkit.worksheets.place import content_folder


def test_content_of_a_checkout_lies_beside_the_package():
    folder = content_folder("worksheets")

    assert folder.name == "worksheets"
    assert folder.is_dir()
    assert (folder.parent / "iopkit" / "worksheets" / "place.py").is_file() or folder.parent.name == "_share"
