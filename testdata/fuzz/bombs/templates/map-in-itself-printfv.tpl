{{ $map := dict }}{{ $_ := set $map "self" $map }}{{ $map | printf "%v" }}
