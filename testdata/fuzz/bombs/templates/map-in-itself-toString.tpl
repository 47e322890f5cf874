{{ $map := dict }}{{ $_ := set $map "self" $map }}{{ $map | toString }}
