"""Trains the numeral reader and the letter reader, start to end, from fonts alone: `python -m prongsai.training`.

    recipes    what the two readers differ in
    lines      what stands on a training line of the numeral reader, and the glyph classes the reader is to give for it
    texts      the same for the letter reader
    vocabulary the Thai words on them
    fonts      which fonts draw it, and which are held out to measure with
    prints     the line drawn clean
    wear       what printing, stamping and scanning do to it
    data       clean lines kept, and batches of them worn anew each time
    net        the network, and its export to ONNX
    train      the loop, with checkpoints from which it goes on
    trials     lines whose truth is known, read by the numeral reader; text_trials by the letter reader
    tables     the tables of both reports
    calibrate  how sure a reader may be of what it read
    report     accuracy on fonts never trained on, written to docs/numeral-reader.md; text_report to docs/letter-reader.md

Needs the extra `prongsai[train]`; reading needs none of this.
"""
