"""Label data with people: asynchronous launches, exact overlap, a budget that holds, results you can trust."""
