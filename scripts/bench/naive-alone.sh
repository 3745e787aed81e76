#!/usr/bin/env bash
# naive.sh, and then without what it leaves on the host: the script it is compared with leaves nothing either.
# Sourced, so that this costs no process of its own.
here=${BASH_SOURCE[0]%/*}
# shellcheck source=naive.sh
source "${here}/naive.sh"
# shellcheck source=naive-remove.sh
source "${here}/naive-remove.sh"
