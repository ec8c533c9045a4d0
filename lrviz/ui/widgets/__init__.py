"""What the pages are made of: the chart, fields, sliders, remarks."""
