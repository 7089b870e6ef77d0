"""From the names of many documents to entities: candidates, judgements, and joins that no difference forbids."""
