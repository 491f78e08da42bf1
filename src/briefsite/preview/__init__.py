"""`briefsite serve`: the site as it lies, each page made when it is asked for."""
