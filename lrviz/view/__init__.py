"""What the page shows, as data: payloads of its components, with sentences not yet translated."""
