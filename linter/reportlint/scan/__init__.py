"""Archives that outgrow one machine: the same engine over a Parquet file, a folder or an object-store prefix.

``source`` cuts the archive into units of some hundred documents, ``examine`` checks one unit without ever raising, ``store`` writes what came
of it as Parquet, one part per unit; ``cluster`` has Dask do the units and ``frames`` is the door for Spark and Ray. A unit is named by what it
holds: done again, it writes the same bytes under the same name, so that nothing is lost or doubled however often workers die, and a second
run does only what the first one left.
"""
