{{ seq 1 1 999999999 | len }}{{ untilStep 0 999999999 1 | len }}
