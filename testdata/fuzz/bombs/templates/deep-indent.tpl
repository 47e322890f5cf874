{{ indent 999999999 "a\nb" }}{{ nindent 999999999 "a" }}{{ wrap 1 (repeat 1000000 "a ") | len }}
