"""What a coaching session is and how it is scored: values, stages and pages, with no model inside."""
