"""An evening on two servers, in scenes: what twelve readers do, and every word that each of them then sees.

A scene is a text file that is both script and transcript. A step stands in the first column; below it stands all that
its reader has before them that was not there before. `make evening` plays every scene and writes what is seen into its
file, to be reviewed as a change; any other run compares the two, and names the first line that differs.

"Rédaction" is a French server with the channels "questions" and "débats"; "Newsroom" is English and has "desk" and
"lounge". Discord speaks French to Lou, Noé, Inès, Paul, Zoé and Léa, and English to the others. Buttons stand in
brackets, and [a-name] before a step is what later steps call its message.
"""
