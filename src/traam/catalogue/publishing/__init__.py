"""What a stage has made ready becomes a notice: the catalogue pulls, writes, tells the stage."""
