"""How pages look and speak: shell, parts, figures, maps and charts as SVG, dates and amounts the Dutch way."""
