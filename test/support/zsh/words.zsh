# words.zsh LINE: what an interactive zsh offers at the end of a line, one "offered WORD" each. It needs a terminal.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "source ${0:A:h}/interactive.zsh"
zpty -r shell answer '*ready*'
zpty -w -n shell "$1"$'\t'
zpty -r shell answer '*offers-end*'
print -r -- "${answer}"
zpty -d shell
