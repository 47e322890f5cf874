{{ repeat 1000000 "a," | splitList "," | join "," | splitList "," | sortAlpha | uniq | len }}
