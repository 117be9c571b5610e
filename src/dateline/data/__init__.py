"""The codebook, the roster, the lexicons and the gazetteer: data that the stages read."""
