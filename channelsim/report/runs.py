"""The tidy table of runs as one Parquet file; the same runs give the same content."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from channelsim.domain.outcome import Outcome, Series

SCHEMA = pa.schema(
    [
        ("scenario", pa.dictionary(pa.int32(), pa.string())),
        ("layout", pa.dictionary(pa.int32(), pa.string())),
        ("seed", pa.int64()),
        ("replication", pa.int32()),
        ("week", pa.int32()),
        ("level", pa.dictionary(pa.int32(), pa.string())),
        ("name", pa.dictionary(pa.int32(), pa.string())),
        ("source", pa.dictionary(pa.int32(), pa.string())),
        ("measure", pa.dictionary(pa.int32(), pa.string())),
        ("value", pa.float64()),
        ("unit", pa.dictionary(pa.int32(), pa.string())),
    ]
)


def write_runs(runs: Sequence[Outcome], path: Path) -> Path:
    """Write runs as one Parquet file, a row group a run, and return its path."""
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for run in runs:
            parts = [_batch(run, series) for series in run.series if series.values.size]
            if parts:
                writer.write_table(pa.Table.from_batches(parts, SCHEMA).combine_chunks())
    return path


def _batch(run: Outcome, series: Series) -> pa.RecordBatch:
    weeks, count = series.values.shape
    size = weeks * count
    names = np.tile(np.arange(count, dtype=np.int32), weeks)
    columns = [
        _same(run.scenario, size),
        _same(run.layout, size),
        pa.array(np.full(size, run.seed, dtype=np.int64)),
        pa.array(np.full(size, run.replication, dtype=np.int32)),
        pa.array(np.repeat(np.arange(weeks, dtype=np.int32), count)),
        _same(series.level, size),
        pa.DictionaryArray.from_arrays(names, pa.array(series.names, pa.string())),
        _same("realised", size),
        _same(series.measure, size),
        pa.array(series.values.ravel()),
        _same(series.unit, size),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


def _same(text: str, size: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(
        np.zeros(size, dtype=np.int32), pa.array([text], pa.string())
    )
