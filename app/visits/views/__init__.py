"""The pages of visits: the calendar, the plan of one, its brief, its log, the week proposed."""
