"""What is typed on the pages of productions: filters, reasons, files, links, tools."""
