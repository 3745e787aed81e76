# Prepares a zsh whose completions are printed. What it is given to type must not contain the words that end waiting.
PS1='' RPS1=''
stty -echo
autoload -U compinit
compinit -u -D
. ./zsh
bindkey '^I' complete-word

# Every completion function hands its words to this builtin; with -O, -A or -D it only computes.
compadd() {
  if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
    local -a matches
    local match
    builtin compadd -A matches "$@"
    for match in "${matches[@]}"; do
      print -r -- "
offered ${match}"
    done
  fi
  builtin compadd "$@"
}

tell_end() {
  print '
offers-end'
}
comppostfuncs=(tell_end)
print ready
