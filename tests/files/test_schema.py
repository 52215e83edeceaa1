from dataclasses import fields

from channelsim.domain.scenario import Scenario
from channelsim.files.schema import SECTIONS, SETTINGS, TABLES, TOP_KEYS, columns_of


def test_tables_settings_and_sections_hold_every_field_of_a_scenario():
    held = {spec.target for spec in TABLES.values()} | set(SECTIONS) | set(TOP_KEYS)
    assert held == {field.name for field in fields(Scenario)}


def test_columns_are_the_fields_of_the_class():
    for spec in TABLES.values():
        extra = {"shares"} if spec.has_shares else set()
        assert set(spec.columns) | extra == {field.name for field in fields(spec.row)}


def test_every_key_of_a_section_is_a_setting():
    names = {f"{section}.{name}" for section, row in SECTIONS.items() for name in columns_of(row)}
    assert names <= set(SETTINGS)


def test_keys_and_references_name_columns():
    for spec in TABLES.values():
        assert set(spec.key) | set(spec.references) <= set(spec.columns)
        assert set(spec.references.values()) <= set(TABLES)
