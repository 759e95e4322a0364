-- Where in the earlier delivery the deleted rows stood. One row: how many, and the first and last place, from 0.
SELECT count(*) AS n, min(row_no) AS first, max(row_no) AS last FROM guard_changed WHERE fate = 'deleted'
