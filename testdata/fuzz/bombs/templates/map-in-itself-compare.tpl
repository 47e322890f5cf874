{{ $map := dict }}{{ $_ := set $map "self" $map }}{{ eq $map $map }}{{ deepEqual $map (deepCopy $map) }}
