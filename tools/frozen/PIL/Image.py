"""Nothing: the frozen program opens no pictures with Pillow."""
