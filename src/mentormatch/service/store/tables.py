"""The tables of the store; large texts stand apart from what is read often."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()

JOBS = Table(
    "jobs",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("status", String(12), nullable=False),
    Column("client", String(64), nullable=False),
    Column("people", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("attempt", Integer, nullable=False, default=0),
    Column("lost", Integer, nullable=False, default=0),
    Column("worker", String(200)),
    Column("lease_until", Float),
    Column("cancelled", Boolean, nullable=False, default=False),
    Column("proven", Boolean, nullable=False, default=False),
    Column("outcome", String(40)),
    Column("last_event", Integer, nullable=False, default=0),
    Column("created", Float, nullable=False),
    Column("started", Float),
    Column("finished", Float),
    Index("jobs_by_status", "status", "created"),
    Index("jobs_by_age", "created", "id"),
)

REQUESTS = Table(
    "requests",
    METADATA,
    Column("job", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)

BESTS = Table(
    "bests",
    METADATA,
    Column("job", String(64), primary_key=True),
    Column("matching", Text, nullable=False),
)

RESULTS = Table(
    "results",
    METADATA,
    Column("job", String(64), primary_key=True),
    Column("envelope", Text, nullable=False),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("job", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("data", Text, nullable=False),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("action", String(20), nullable=False),
    Column("job", String(64)),
    Column("attempt", Integer),
    Column("actor", String(200), nullable=False),
    Index("audit_by_job", "job"),
)

OF_A_JOB = (REQUESTS, BESTS, RESULTS, EVENTS)
"""What is deleted with a job."""
