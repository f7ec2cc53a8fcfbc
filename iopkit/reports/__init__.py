"""Tables, charts and text about one client, and the reports made of them."""
