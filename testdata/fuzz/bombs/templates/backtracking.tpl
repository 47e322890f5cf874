{{ regexReplaceAll "(a|aa)+$" (repeat 100000 "a" | printf "%s!") "b" }}
