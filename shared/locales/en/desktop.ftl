### A window of the app's own, on a desktop: what stands before it opens.

# A second window was started.
desktop-open_already = Sada is already open in another window. Nothing is lost: go on there.
# The folder for the data can't be made or written.
desktop-no_place = Sada can't write to its folder on this computer. Free some space, or ask whoever looks after the computer for the right to write there.
