"""A plan as a file: for the wall, the quarterly review, a workbook, a message, the customer."""
