"""The server: Voilà with our sign-in, our owner of each kernel, our page template, and nothing else open."""
