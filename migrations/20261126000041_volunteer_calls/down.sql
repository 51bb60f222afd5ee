DROP TABLE volunteer_call_needs;
DROP TABLE volunteer_calls;
